"""What was cut from procedures since an earlier state: pure, no disk, no layout."""
