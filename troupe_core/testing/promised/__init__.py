"""What several kits have in common: sentences that hold for all components, for all that acts, for all that keeps."""
