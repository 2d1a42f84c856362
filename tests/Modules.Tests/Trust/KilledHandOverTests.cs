using System.Text.Json;
using Loa.Air;
using Loa.Devices;
using Loa.Jose;
using Loa.Kernel;
using Loa.Server.Demo;
using Loa.Trust.HandingOver;
using Npgsql;

namespace Loa.Trust;

/// <summary>The server is killed while the province changes its root: the change holds whole or not at all, and is told afterwards.</summary>
public sealed class KilledHandOverTests : IAsyncLifetime
{
    const string Administrator = "tinh.quantri";
    const string Leader = "loctan.duyet";
    const string Technician = "tinh.kythuat";

    static readonly string? Postgres = Environment.GetEnvironmentVariable("LOA_TEST_POSTGRES");

    readonly CancellationToken cancel = TestContext.Current.CancellationToken;
    readonly string folder = Directory.CreateTempSubdirectory("loa-hand-over-").FullName;
    readonly string database = "loa_test_" + Guid.CreateVersion7().ToString("N");
    readonly List<bool> stored = [];
    readonly List<SigningKey> past = [];
    ServerProcess server = null!;
    StalledChange stalled = null!;
    Province province = null!;
    BenchSpeaker speaker = null!;
    Guid[] path = [];
    SigningKey root = null!;
    PublicKey first = null!;
    Delegation waiting = null!;

    [Fact]
    public async Task Killed_at_any_moment_of_it_a_change_is_whole_or_was_never_asked_and_the_speaker_hears_the_next_root()
    {
        await stalled.Begin();
        await Change((_, _) => stalled.IsReached(), stalled.End);
        // Answered, and nobody told.
        await Change((asked, _) => asked);
        // The speaker knows, and timetables are being made anew.
        await Change((_, next) => Told(next));
        Assert.Equal([false, true, true], stored);
        await NothingMoreIsTakenOf(past);

        await server.Kill(cancel);
        var (code, said) = await server.Ask(["ledger", "verify"], cancel);
        Assert.True(code == 0, said);
    }

    // Asked, killed at that moment, and asked again until it holds, with all that must be true from then on.
    async Task Change(Func<Task, SigningKey, Task> moment, Func<Task>? afterwards = null)
    {
        var (before, next) = (root, SigningKey.Create());
        var draft = await Draft();
        var signed = Signed(draft, before, next);
        var asked = Bring(signed, next);
        await moment(asked, next);
        await server.Kill(cancel);
        var lost = await Xunit.Record.ExceptionAsync(() => asked);
        await (afterwards?.Invoke() ?? Task.CompletedTask);
        await server.Start(cancel);

        // It is there already, or as if it had never been asked; what was answered is there.
        var again = await Xunit.Record.ExceptionAsync(() => Bring(signed, next));
        if (lost is null || again is not null)
            IsRefused("trust.root-changed", again);
        stored.Add(again is not null);
        root = next;
        past.Add(before);
        await TheSpeakerHears(next);
        Assert.Equal(
            draft.Delegations.Select(d => d.Id).Order(),
            (await Draft()).Delegations.Select(d => d.Id).Order()
        );
    }

    // Whatever they signed afterwards: a change, a list, a delegation.
    async Task NothingMoreIsTakenOf(IEnumerable<SigningKey> roots)
    {
        var (draft, another) = (await Draft(), SigningKey.Create());
        foreach (var before in roots)
        {
            var list = new Revocations(1, Now(), [], []).Sign(before);
            var leave = waiting.Sign(before);
            await Refuses("trust.root-changed", () => Bring(Signed(draft, before, another), another));
            await Refuses("trust.not-by-root", () => Post("/trust/revocations", new { jws = list, reason = "thử" }));
            await Refuses("trust.not-by-root", () => Post($"/trust/{waiting.Id}/grant", new { jws = leave }));
        }
    }

    // As one hears it that never knew another root.
    async Task TheSpeakerHears(SigningKey next)
    {
        await speaker.Connect();
        await speaker.State();
        await Told(next);
        var chain = new Chain(next.Public);
        await Until(async () =>
        {
            var ack = await speaker.HearAck(0);
            Learn(chain, ack.Delegations ?? []);
            return chain.Verify(ack.Ack, new AcknowledgementRule(speaker.Id, path, Now())).Ok;
        });
        await Until(async () =>
        {
            var message = await speaker.Hear<TimetableMessage>(AirTopic.InTimetable);
            Learn(chain, message.Delegations);
            return chain.Verify(message.Timetable, new TimetableRule(speaker.Id, path, null, Now())).Ok;
        });
    }

    Task Told(SigningKey next) =>
        Until(async () =>
        {
            var chain = new Chain(first);
            foreach (var change in (await speaker.Hear<RootMessage>(AirTopic.InRoot)).Roots)
                Assert.True(chain.Follow(change).Ok);
            return chain.Root.KeyId == next.KeyId;
        });

    // What was said before it is still in the speaker's ears; each hearing has its own end.
    static async Task Until(Func<Task<bool>> heard)
    {
        while (!await heard()) { }
    }

    static void Learn(Chain chain, IEnumerable<string> delegations)
    {
        foreach (var delegation in delegations)
            chain.Learn(delegation);
    }

    async Task<HandOverDraft> Draft() =>
        HandOverDraft.Read((await province.Get(Administrator, "/trust/root/draft", cancel)).GetRawText())!;

    static string Signed(HandOverDraft draft, SigningKey root, SigningKey next) =>
        draft.Sign(root, next, Now(), Now().AddDays(1));

    Task Bring(string documents, SigningKey next) =>
        Post(
            "/trust/root",
            new
            {
                documents,
                number = ClaimCheck.RootNumber(next.KeyId),
                reason = "đổi người giữ khóa",
            }
        );

    Task Post(string path, object body) => province.Post(Administrator, path, body, cancel);

    static async Task Refuses(string code, Func<Task> ask) => IsRefused(code, await Xunit.Record.ExceptionAsync(ask));

    static void IsRefused(string code, Exception? said) =>
        Assert.Contains(code, Assert.IsType<ProvinceException>(said).Message, StringComparison.Ordinal);

    static DateTimeOffset Now() => TimeProvider.System.Moment();

    // A leader may sign, a technician waits for leave to, and a speaker is connected.
    public async ValueTask InitializeAsync()
    {
        var line = Postgres is null ? null : $"{new NpgsqlConnectionStringBuilder(Postgres) { Database = database }}";
        if (line is not null)
            await OnPostgres($"CREATE DATABASE {database}");
        stalled = new(folder, line);
        server = new(folder, settings: line is null ? [] : [$"LOA_ConnectionStrings__Postgres={line}"]);
        await server.Start(cancel);
        province = new(server.Address, (await File.ReadAllTextAsync(In("demo-password"), cancel)).Trim());
        root = SigningKey.Load(In("keys/demo-root.pem"));
        first = root.Public;
        await province.MakeKey(Leader, cancel);
        waiting = await AskedForLeave();
        await ConnectSpeaker();
    }

    async Task<Delegation> AskedForLeave()
    {
        var key = SigningKey.Create();
        var officer = (await province.Get(Technician, "/api/me", cancel)).GetProperty("officerId").GetGuid();
        var proof = OfficerKey.Proof(key, officer, Now());
        var asked = await province.Post(Technician, "/keys", new { jwk = key.Public.Jwk, proof }, cancel);
        var wanted = await province.Get(Administrator, $"/trust/{asked.GetProperty("id").GetGuid()}/request", cancel);
        return wanted.Deserialize(Delegation.Shape)!;
    }

    async Task ConnectSpeaker()
    {
        var serial = (await province.SerialsIn("loctan", 1, cancel))[0];
        speaker = new(serial) { Id = province.SpeakersCalled([serial])[0] };
        using var anyone = new HttpClient { BaseAddress = server.Address };
        await province.Claim(serial, (await speaker.Introduce(anyone)).Code, cancel);
        await speaker.Connect();
        await speaker.State();
        var found = await province.Get(Technician, $"/api/speakers/{speaker.Id}", cancel);
        var unit = found.GetProperty("unitId").GetGuid();
        var above = (await province.Get(Technician, $"/api/units/{unit}", cancel)).GetProperty("path");
        path = [.. above.EnumerateArray().Select(u => u.GetProperty("id").GetGuid()), unit];
    }

    public async ValueTask DisposeAsync()
    {
        await speaker.DisposeAsync();
        province.Dispose();
        server.Dispose();
        if (Postgres is not null)
            await OnPostgres($"DROP DATABASE {database} WITH (FORCE)");
        Directory.Delete(folder, recursive: true);
    }

    string In(string file) => Path.Combine(folder, file);

    static async Task OnPostgres(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Postgres!);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
