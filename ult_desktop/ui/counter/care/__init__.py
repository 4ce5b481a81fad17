"""The pages and boxes of Pendampingan: vulnerable visitors, their escorts, and assistive devices."""
