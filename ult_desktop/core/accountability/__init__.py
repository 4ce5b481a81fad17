"""What an office accounts for: deviations (penyimpangan), delegations (pengalihan tugas), equipment."""
