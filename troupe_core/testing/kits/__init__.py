"""What a kit is for each kind of component: one class, one test for each sentence of the contract."""
