// Sound is played in real time; more at once than the machine can carry would measure the machine.
[assembly: CollectionBehavior(MaxParallelThreads = 3)]
