"""The few functions of SQLite that statements of `db` call and PostgreSQL lacks."""

FUNCTIONS = """
CREATE FUNCTION json_valid(said text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN PERFORM said::json; RETURN true; EXCEPTION WHEN OTHERS THEN RETURN false; END $$;

-- Truth values are 1 and 0, as in a file.
CREATE FUNCTION json_extract(said text, place text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
SELECT CASE told WHEN 'true' THEN '1' WHEN 'false' THEN '0' ELSE told END
FROM (SELECT said::json #>> string_to_array(substr(place, 3), '.') AS told) AS found $$;

CREATE FUNCTION json_each(said text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE STRICT AS $$
SELECT json_array_elements_text(said::json) $$;

-- `json_array` and `json_object` cannot stand here: from PostgreSQL 16 on they are words of its grammar.
CREATE FUNCTION json_quote(said text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT coalesce(to_json(said)::text, 'null') $$;

CREATE FUNCTION instr(said text, part text) RETURNS integer LANGUAGE sql IMMUTABLE STRICT AS $$
SELECT strpos(said, part) $$;

CREATE FUNCTION max(one bigint, other bigint) RETURNS bigint LANGUAGE sql IMMUTABLE STRICT AS $$
SELECT CASE WHEN one > other THEN one ELSE other END $$;

CREATE FUNCTION joined(said text, more text, mark text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN more IS NULL THEN said WHEN said IS NULL THEN more ELSE said || mark || more END $$;
CREATE AGGREGATE group_concat(text, text) (SFUNC = joined, STYPE = text);

CREATE FUNCTION listed(said text, more bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT coalesce(said || ',', '') || coalesce(more::text, 'null') $$;
CREATE FUNCTION in_brackets(said text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT '[' || coalesce(said, '') || ']' $$;
CREATE AGGREGATE json_group_array(bigint) (SFUNC = listed, STYPE = text, FINALFUNC = in_brackets);

CREATE FUNCTION paired(said text, name text, more bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT coalesce(said || ',', '') || to_json(name)::text || ':' || coalesce(more::text, 'null') $$;
CREATE FUNCTION in_braces(said text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
SELECT '{' || coalesce(said, '') || '}' $$;
CREATE AGGREGATE json_group_object(text, bigint) (SFUNC = paired, STYPE = text, FINALFUNC = in_braces);

-- A row's own number, as a file gives it: one more than the last. There is one writer, and no gaps.
CREATE FUNCTION next_id(of_table regclass) RETURNS bigint LANGUAGE plpgsql VOLATILE AS $$
DECLARE found bigint;
BEGIN EXECUTE format('SELECT coalesce(max(id), 0) + 1 FROM %s', of_table) INTO found; RETURN found; END $$;

CREATE TABLE applied_migration (name text PRIMARY KEY)
"""
