using System.CommandLine;
using Loa.Conform;
using Loa.Kernel;
using Loa.People;
using Loa.Posix;
using Loa.Server.Demo;
using Loa.Server.Ledger;
using Loa.Server.Start;

// The one executable: without a verb it serves; with one it does a keeper's work on the data folder.
OwnerOnly.FromNowOn();
Words.Add(typeof(ServeCommand).Assembly);
var root = new RootCommand("Loa Thành: hệ thống thông tin nguồn / source-information system")
{
    ServeCommand.Make(),
    LedgerCommand.Make(),
    PeopleModule.TrustCommand(),
    DemoCommand.Make(),
    ConformCommand.Make(),
};
return await root.Parse(args).InvokeAsync();
