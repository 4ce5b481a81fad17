"""The register of deviations against the truth of simulated days: all that went wrong is in it, no more.

A script knows who did what in which minute, what was owed and what went wrong on purpose. The deviations that
ought to be in the register follow from the script and the table of the written procedures alone: neither
imports anything of the program. The program is driven through its commands, each station with a clock of its
own.
"""
