"""The requests from afar: lists read and imported, requests worked on."""
