"""The counters' plan: what another one would have done, the cheapest that suffices, who comes next week."""
