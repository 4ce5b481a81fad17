"""The tab Langkah POS: the steps of the visitor's procedure, with their time."""
