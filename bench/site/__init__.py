"""How long a site of many versions takes, and its second writing."""
