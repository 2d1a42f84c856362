// The server of all tests that need none of their own.
[assembly: AssemblyFixture(typeof(Loa.RunningServer))]
