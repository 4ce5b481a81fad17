"""The page Daring: requests that come by SEMPENA, e-mail, WhatsApp or letter."""
