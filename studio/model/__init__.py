"""What a case is: immutable values, units and ids."""
