"""The figures that the office counts and measures, and the periods for which it reports them."""
