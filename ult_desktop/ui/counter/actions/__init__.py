"""What an officer can do at the counter: rules, keys, buttons and the forms that ask first."""
