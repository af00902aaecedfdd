"""Where trials run: in this process, in workers beside it, on a cluster."""
