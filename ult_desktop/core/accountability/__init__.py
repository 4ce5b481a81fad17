"""The account of an office: deviations (penyimpangan), delegations (pengalihan tugas), equipment."""
