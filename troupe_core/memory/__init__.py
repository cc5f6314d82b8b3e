"""What all memory backends share."""
