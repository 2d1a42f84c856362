using System.CommandLine;
using Loa.Cases;
using Loa.Kernel;
using Loa.Server.Start;

namespace Loa.Server.Ledger;

/// <summary><c>loa ledger verify | rebuild | seal</c>: proves, or makes anew, what every module knows of its cases.</summary>
static class LedgerCommand
{
    public static Command Make()
    {
        var data = new Option<string>("--data") { DefaultValueFactory = _ => "data", Recursive = true };
        return new Command("ledger", "prove that no act was changed")
        {
            data,
            Verb("verify", "recompute every hash; names the first act that does not hold", data, Verify),
            Verb("rebuild", "make every cached row anew from the acts", data, Rebuild),
            Verb("seal", "seal the days that are over", data, Seal),
        };
    }

    static Command Verb(
        string name,
        string description,
        Option<string> data,
        Func<IServiceProvider, string, CaseDb, CancellationToken, Task<bool>> work
    )
    {
        var command = new Command(name, description);
        command.SetAction((parsed, cancel) => ForEachModule(parsed.GetValue(data)!, work, cancel));
        return command;
    }

    static async Task<int> ForEachModule(
        string data,
        Func<IServiceProvider, string, CaseDb, CancellationToken, Task<bool>> work,
        CancellationToken cancel
    )
    {
        if (!Directory.Exists(data))
        {
            await Console.Error.WriteLineAsync(Words.Get("start.no-data", data));
            return 2;
        }
        await using var app = LoaServer.Build([$"--Data={data}", "--Logging:LogLevel:Default=Error"]);
        await app.Services.Migrate(cancel);
        var good = true;
        foreach (
            var entry in app.Services.GetServices<ModuleDbEntry>().Where(d => d.Type.IsAssignableTo(typeof(CaseDb)))
        )
        {
            await using var scope = app.Services.CreateAsyncScope();
            good &= await work(
                scope.ServiceProvider,
                entry.Name,
                (CaseDb)scope.ServiceProvider.GetRequiredService(entry.Type),
                cancel
            );
        }
        return good ? 0 : 1;
    }

    static async Task<bool> Verify(IServiceProvider services, string module, CaseDb db, CancellationToken cancel)
    {
        var report = await services.GetRequiredService<Cases.Ledger>().Verify(db, cancel);
        if (report.Fault is null)
            Console.WriteLine(Words.Get("ledger.good", module, report.Cases, report.Acts, report.Days));
        else
            await Console.Error.WriteLineAsync(Words.Get("ledger.bad", module, report.Fault));
        var good = report.Fault is null;
        foreach (var rule in services.GetServices<ILedgerRule>().Where(r => r.Db == db.GetType()))
        foreach (var fault in await rule.Faults(db, cancel))
        {
            await Console.Error.WriteLineAsync(Words.Get("ledger.bad", module, fault));
            good = false;
        }
        return good;
    }

    static async Task<bool> Rebuild(IServiceProvider services, string module, CaseDb db, CancellationToken cancel)
    {
        Console.WriteLine(
            Words.Get("ledger.rebuilt", module, await services.GetRequiredService<Cases.Ledger>().Rebuild(db, cancel))
        );
        return true;
    }

    static async Task<bool> Seal(IServiceProvider services, string module, CaseDb db, CancellationToken cancel)
    {
        var days = await Cases.Ledger.Seal(db, services.GetRequiredService<TimeProvider>().Today(), cancel);
        Console.WriteLine(Words.Get("ledger.sealed", module, days));
        return true;
    }
}
