using System.Net;
using System.Net.Http.Json;
using Loa.Cases;
using Loa.Contracts.People;
using Loa.Devices;
using Loa.Kernel;
using Loa.People.Data;
using Loa.Server.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.People.Units;

/// <summary>A data folder from before the rule: acts that make a ring are stored in it, with good hashes.</summary>
public sealed class StoredRingTests : IAsyncLifetime
{
    readonly DeviceServer server = new();

    public ValueTask InitializeAsync() => server.InitializeAsync();

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task The_server_starts_and_serves_an_emergency_reaches_all_the_proof_names_it_and_the_console_mends_it()
    {
        var place = await server.Place();
        var hamlet = place.UnitId;
        var commune = (await Today()).Find(hamlet)!.ParentId!.Value;
        var province = Assert.Single((await Today()).Roots).Id;
        await PutBelow(commune, hamlet);
        await server.Restart();

        // It serves: pages about the ring, and a speaker in it is brought what the whole province hears.
        using var admin = await server.Running.SignedIn("tinh.quantri");
        Assert.Equal(HttpStatusCode.OK, (await admin.GetAsync($"/units/{hamlet}")).StatusCode);
        Assert.Contains("/units/faults", await admin.GetStringAsync("/"), StringComparison.Ordinal);
        await using var speaker = new BenchSpeaker(place.Serial) { Id = place.Id };
        await server.Claim(new { code = (await speaker.Introduce(server.Anyone)).Code, speaker = place.Id }).Json();
        await speaker.Connect();
        await speaker.State();
        var air = await server.Air(province);
        Assert.Contains((await speaker.HearTimetable(atLeast: 2)).Items, i => i.Broadcast == air.Broadcast);
        var tree = await Today();
        Assert.All(tree.All, u => Assert.Equal(province, tree.PathOf(u.Id)[0]));

        await TheCommandGives(1);
        Assert.Contains(await Proof(), f => f.Contains(commune.ToString(), StringComparison.Ordinal));
        var faults = await admin.GetAsync("/api/units/faults").Json();
        Assert.Equal(
            new[] { hamlet, commune }.Order(),
            faults.GetProperty("faults").EnumerateArray().Select(f => f.GetProperty("id").GetGuid()).Order()
        );
        Assert.Contains(
            $"/units/{commune}/mend",
            await admin.GetStringAsync("/units/faults"),
            StringComparison.Ordinal
        );

        var from = faults.GetProperty("faults")[0].GetProperty("from").GetString();
        await admin.PostAsJsonAsync($"/units/{commune}/mend", new { parent = province, effective = from }).Json();

        Assert.Empty((await Today()).Faults);
        Assert.Empty(await Proof());
        await TheCommandGives(0);
        Assert.Equal([province, commune, hamlet], (await Today()).PathOf(hamlet));
        Assert.DoesNotContain("/units/faults", await admin.GetStringAsync("/"), StringComparison.Ordinal);
    }

    Task<UnitTree> Today() => server.Running.With<IUnits, UnitTree>(u => u.Today(default).AsTask());

    // As the old server stored it: a sound act, and nobody asked what it makes of the tree.
    Task PutBelow(Guid unit, Guid parent) =>
        server.Running.With<PeopleDb, Case>(db =>
            db.Move(
                UnitProcedure.Definition,
                unit,
                UnitProcedure.Transfer,
                new(new() { ["parent"] = parent.ToString(), ["effective"] = "2026-02-01" }),
                Actor.Server,
                server.Running.Clock.Moment(),
                default
            )
        );

    // The command reads which database from its environment, so here only SQLite; beside the running server.
    async Task TheCommandGives(int code)
    {
        if (Environment.GetEnvironmentVariable("LOA_TEST_POSTGRES") is null)
            Assert.Equal(
                code,
                await LedgerCommand.Make().Parse(["verify", "--data", server.Running.Folder]).InvokeAsync()
            );
    }

    Task<IReadOnlyList<string>> Proof() =>
        server.Running.With<PeopleDb, IReadOnlyList<string>>(async db =>
        {
            Assert.Null((await server.Running.Services.GetRequiredService<Ledger>().Verify(db, default)).Fault);
            return await server
                .Running.Services.CreateScope()
                .ServiceProvider.GetServices<ILedgerRule>()
                .Single(r => r.Db == typeof(PeopleDb))
                .Faults(db, default);
        });
}
