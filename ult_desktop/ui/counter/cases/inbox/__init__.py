"""The page Kotak masuk: letters and cases that wait for a decision of the office."""
