// Each test starts whole clusters: side by side they would take the machine from each other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
