"""The wizard that makes a PC a station: pages that ask, and one step at their end that does it."""
