"""Where an officer sits, and which letter a kiosk counts with: told by the stations themselves."""

CHANGES = """
-- Where the officer sat down, and that station's run (`station.boot`): when it dies, its call is given back.
ALTER TABLE counter ADD COLUMN station TEXT NOT NULL DEFAULT '';

ALTER TABLE counter ADD COLUMN boot TEXT NOT NULL DEFAULT '';

-- The letter of a kiosk's own series, so that no two at work have the same.
ALTER TABLE station ADD COLUMN letter TEXT NOT NULL DEFAULT '';
"""
