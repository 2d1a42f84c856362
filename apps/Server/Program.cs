using System.CommandLine;
using Loa.Conform;
using Loa.Kernel;
using Loa.People;
using Loa.Posix;
using Loa.Server.Demo;
using Loa.Server.Ledger;
using Loa.Server.Start;
using Loa.Trust;

// The one executable: without a verb it serves; with one it does a keeper's work on the data folder.
OwnerOnly.FromNowOn();
Words.Add(typeof(ServeCommand).Assembly);
var root = new RootCommand("Loa Thành: hệ thống thông tin nguồn / source-information system")
{
    ServeCommand.Make(),
    LedgerCommand.Make(),
    TrustModule.Command(PeopleModule.AddPeople),
    DemoCommand.Make(),
    ConformCommand.Make(),
};
return await root.Parse(args).InvokeAsync();
