"""What customers wrote: cleaned, its language told, and its sentiment scored."""
