using System.CommandLine;
using Loa.Cases;
using Loa.Kernel;
using Loa.Posix;
using Loa.Server.Start;

namespace Loa.Server.Ledger;

/// <summary><c>loa ledger verify | rebuild | seal</c>: proves, or makes anew, what every module knows of its cases.</summary>
static class LedgerCommand
{
    public static Command Make()
    {
        var anchor = new Option<FileInfo?>("--anchor")
        {
            Description = "a file with heads kept outside (lines of the anchor file or of mails)",
        };
        var verify = new Command("verify", "recompute every hash; names the first act that does not hold") { anchor };
        var data = new Option<string>("--data") { DefaultValueFactory = _ => "data", Recursive = true };
        verify.SetAction((parsed, cancel) => Verify(parsed.GetValue(data)!, parsed.GetValue(anchor), cancel));
        return new Command("ledger", "prove that no act was changed")
        {
            data,
            verify,
            Verb("rebuild", "make every cached row anew from the acts", data, Rebuild),
            Verb("seal", "seal the days that are over, and what was done since", data, Seal),
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
        command.SetAction((parsed, cancel) => ForEachModule(parsed.GetValue(data)!, alone: true, work, cancel));
        return command;
    }

    /// <param name="alone">Not beside a running server: making all rows anew would hold up every writer, an emergency too.</param>
    static async Task<int> ForEachModule(
        string data,
        bool alone,
        Func<IServiceProvider, string, CaseDb, CancellationToken, Task<bool>> work,
        CancellationToken cancel
    )
    {
        OwnerOnly.FromNowOn();
        if (!Directory.Exists(data))
        {
            await Console.Error.WriteLineAsync(Words.Get("start.no-data", data));
            return 2;
        }
        await using var app = LoaServer.Build([$"--Data={data}", "--Logging:LogLevel:Default=Error"]);
        var one = app.Services.GetRequiredService<OneServer>();
        if (await one.TryTake(cancel))
            await app.Services.Migrate(cancel);
        else if (alone)
        {
            await Console.Error.WriteLineAsync(Words.Get("start.another-server", data));
            return 1;
        }
        // A proof holds up nobody, neither the server that runs nor one that starts meanwhile.
        if (!alone)
            await one.Release();
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

    static async Task<int> Verify(string data, FileInfo? kept, CancellationToken cancel)
    {
        IReadOnlyList<Anchor> anchors = [];
        if (kept is not null)
        {
            anchors = kept.Exists ? Anchor.In(await File.ReadAllTextAsync(kept.FullName, cancel)) : [];
            // A wrong file must not look like a proof.
            if (anchors.Count == 0)
            {
                await Console.Error.WriteLineAsync(Words.Get("ledger.no-anchors", kept.FullName));
                return 2;
            }
            Console.WriteLine(Words.Get("ledger.anchors", anchors.Count));
        }
        return await ForEachModule(data, alone: false, (s, module, db, c) => Verify(s, module, db, anchors, c), cancel);
    }

    static async Task<bool> Verify(
        IServiceProvider services,
        string module,
        CaseDb db,
        IReadOnlyList<Anchor> anchors,
        CancellationToken cancel
    )
    {
        List<Anchor> kept = [.. anchors];
        foreach (var witnesses in services.GetServices<IHeadWitnesses>())
            kept.AddRange(await witnesses.Heads(module, cancel));
        if (kept.Count > anchors.Count)
            Console.WriteLine(Words.Get("ledger.witnessed", module, kept.Count - anchors.Count));
        var report = await services.GetRequiredService<Cases.Ledger>().Verify(db, kept, cancel);
        if (report.Fault is null)
            Console.WriteLine(
                Words.Get(
                    "ledger.good",
                    module,
                    report.Cases,
                    report.Acts,
                    report.Days,
                    report.Heads.Heads,
                    report.Heads.After
                )
            );
        else
            await Console.Error.WriteLineAsync(Words.Get("ledger.bad", module, report.Fault));
        var good = report.Fault is null;
        var lodging = services.GetServices<Lodger>().Where(l => l.Host == module).Select(l => l.Type);
        foreach (
            var rule in services.GetServices<ILedgerRule>().Where(r => r.Db == db.GetType() || lodging.Contains(r.Db))
        )
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
        var clock = services.GetRequiredService<TimeProvider>();
        var days = await Cases.Ledger.Seal(db, clock.Today(), cancel);
        var head = await services.GetRequiredService<HeadChain>().Seal(db, clock.Moment(), cancel);
        Console.WriteLine(Words.Get("ledger.sealed", module, days, head?.Count ?? 0));
        return true;
    }
}
