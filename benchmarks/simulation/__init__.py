"""The simulated office days: one process, one seed, a virtual clock, and every fault in every order.

`scheduler` decides which thread goes on, `world` is what lies outside the program (PCs, their clocks and
disks, the share), `file_model` what SQLite and `ruled` what Python are told of it, `station` the program at
work, `accidents` what somebody does to it, `day` a day with its faults and checks.
"""
