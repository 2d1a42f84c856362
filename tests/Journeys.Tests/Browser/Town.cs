using Loa.Jose;
using Loa.Kernel;
using Loa.Server.Demo;
using Microsoft.Playwright;

namespace Loa.Browser;

/// <summary>
/// What every journey finds: the running server, a browser, and a process of software speakers that a technician claimed, with
/// one bulletin heard in Thiện Hưng, one that waits for approval and one draft.
/// </summary>
public sealed partial class Town : IAsyncLifetime
{
    const string Author = "thienhung.bientap";
    const string Technician = "tinh.kythuat";
    const string Leader = "thienhung.duyet";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    readonly RunningServer server = new();
    readonly Dictionary<string, string> sessions = new(StringComparer.Ordinal);
    readonly SemaphoreSlim signingIn = new(1);
    Chromium? chromium;
    FleetProcess? fleet;
    FleetProcess? unclaimed;
    Province? province;
    SigningKey? leadersKey;

    public RunningServer Server => server;

    /// <summary>The two speakers that stand in Lộc Tấn.</summary>
    public IReadOnlyList<string> InLocTan { get; private set; } = [];

    /// <summary>The speaker in another commune, for which nothing is ever played.</summary>
    public string Elsewhere { get; private set; } = "";

    public Guid Draft { get; private set; }

    public Guid Submitted { get; private set; }

    /// <summary>Taken back by its leader after it was heard.</summary>
    public Guid Withdrawn { get; private set; }

    public Guid Broadcast { get; private set; }

    /// <summary>The bulletin of that broadcast.</summary>
    public Guid Aired { get; private set; }

    /// <summary>Heard each evening from tomorrow on.</summary>
    public Guid Programme { get; private set; }

    /// <summary>What a speaker shows that nobody has claimed.</summary>
    public string Code { get; private set; } = "";

    public Guid Speaker { get; private set; }

    /// <summary>One command to all speakers.</summary>
    public Guid Job { get; private set; }

    /// <summary>A list of speakers with a fault.</summary>
    public Guid List { get; private set; }

    /// <summary>An officer whom the province's administrator looks at.</summary>
    public Guid OfficerId { get; private set; }

    /// <summary>The commune of the leader.</summary>
    public Guid UnitId { get; private set; }

    internal Province Officers => province!;

    public async ValueTask InitializeAsync()
    {
        using var timeout = new CancellationTokenSource(Patience);
        var cancel = timeout.Token;
        await server.InitializeAsync();
        province = new(server.Address, server.DemoPassword);
        // Three in each demo commune: Bình Phước, Phước Long, Lộc Tấn, Thiện Hưng.
        var serials = await province.SerialsFor(12, cancel);
        InLocTan = [serials[6], serials[7]];
        Elsewhere = serials[0];
        fleet = await FleetProcess.Start(
            Beside("Fleet", "Loa.Fleet"),
            server.Address,
            Path.Combine(server.Folder, "fleet"),
            [.. InLocTan, Elsewhere, serials[9]],
            cancel
        );
        await fleet.ClaimAll(province, cancel);
        unclaimed = await FleetProcess.Start(
            Beside("Fleet", "Loa.Fleet"),
            server.Address,
            Path.Combine(server.Folder, "unclaimed"),
            [serials[10]],
            cancel
        );
        Code = (await unclaimed.Shown(cancel))!.Value.Code;

        UnitId = await Officers.UnitOf(Leader, cancel);
        // Of sessions and of Tết: orders of today are heard as if nobody had said anything.
        var airtime = new
        {
            sessionDays = new[] { "12345", "67" },
            sessionFrom = new[] { "05:00", "06:00" },
            sessionTo = new[] { "05:45", "06:30" },
            holidays = new[] { "tet" },
            comment = "Trường học ở gần, theo ý kiến họp dân",
        };
        await Officers.Post(Leader, $"/airtime/{UnitId}", airtime, cancel);
        // Read aloud already: a page that is looked at does not go on by itself.
        Draft = (await WriteAndRead("Lịch tiêm chủng tháng 12", cancel)).Id;
        Submitted = await Submit("Thông báo cắt điện để sửa đường dây", cancel);
        Withdrawn = await Withdraw(await Submit("Thông báo họp thôn ngày chủ nhật", cancel), cancel);
        Aired = await Submit("Lịch thu gom rác thải tuần này", cancel);
        Broadcast = await Air(Aired, cancel);
        Speaker = await HeardSpeaker(cancel);
        var tomorrow = server.Clock.Today().AddDays(1);
        Programme = await Officers.Plan(Leader, "Bản tin sáng", Aired, UnitId, tomorrow, new(5, 10), cancel);

        var everybody = new
        {
            name = "identify",
            count = 2_000,
            all = true,
        };
        Job = (await Officers.Post(Technician, "/speakers/commands", everybody, cancel)).GetProperty("id").GetGuid();
        (Package, Rollout) = await RollOut(cancel);
        var list = await Officers.Post(Technician, "/speakers/beforehand", "số máy,khóa", cancel);
        List = list.GetProperty("id").GetGuid();
        using var administrator = await server.SignedIn("tinh.quantri");
        var found = await administrator.GetAsync("/api/officers?q=loctan.duyet").Json();
        OfficerId = found.GetProperty("officers")[0].GetProperty("id").GetGuid();

        // Only against hanging: what is to be fast is measured where it is.
        Assertions.SetDefaultExpectTimeout(60_000);
        chromium = await Chromium.Start();
    }

    /// <summary>A window of his own for somebody who has not signed in.</summary>
    public Task<Visit> Stranger(int width = Visit.Desk) => Visitor(chromium!, null, width);

    /// <summary>The same, before another server.</summary>
    public Task<Visit> StrangerAt(Uri address) => Visit.Begin(chromium!.Browser, address, Visit.Desk, null);

    /// <summary>A window of his own for an officer who has signed in.</summary>
    public Task<Visit> Officer(string account, int width = Visit.Desk, string language = "vi-VN") =>
        Visitor(chromium!, account, width, language);

    /// <summary>The same in another browser, for an officer or a stranger.</summary>
    public async Task<Visit> Visitor(Chromium browser, string? account, int width, string language = "vi-VN")
    {
        var session = account is null ? null : await SessionOf(account, browser);
        return await Visit.Begin(browser.Browser, server.Address, width, session, language);
    }

    // He signs in once, for his sessions are few.
    async Task<string> SessionOf(string account, Chromium browser)
    {
        await signingIn.WaitAsync();
        try
        {
            if (!sessions.TryGetValue(account, out var session))
            {
                await using var stranger = await Visitor(browser, null, Visit.Desk);
                await stranger.SignIn(account, server.DemoPassword);
                sessions[account] = session = await stranger.Session();
            }
            return session;
        }
        finally
        {
            signingIn.Release();
        }
    }

    /// <summary>What a speaker let be heard of its timetable; that it was told to beep is another matter.</summary>
    public IReadOnlyList<string> RecordingsOf(string serial)
    {
        var folder = Path.Combine(fleet!.Folder, serial, "recordings");
        return Directory.Exists(folder)
            ?
            [
                .. Directory
                    .GetFiles(folder, "*.wav")
                    .Where(file => !Path.GetFileName(file).StartsWith("identify-", StringComparison.Ordinal)),
            ]
            : [];
    }

    public async ValueTask DisposeAsync()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
        signingIn.Dispose();
        foreach (var some in new[] { fleet, unclaimed })
            if (some is not null)
                await some.DisposeAsync();
        province?.Dispose();
        await server.DisposeAsync();
    }

    // Programs of one build stand in sibling folders.
    public static string Beside(string project, string program)
    {
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, program);
    }

    /// <summary>A bulletin that Thiện Hưng's speaker is ordered to play now, some seconds for each time that it says the same.</summary>
    public async Task<(Guid Bulletin, Guid Broadcast)> PutOnAir(string title, int times, CancellationToken cancel)
    {
        var bulletin = await Submit(title, cancel, times);
        return (bulletin, await Air(bulletin, cancel));
    }

    async Task<(Guid Id, int Acts)> Write(string title, CancellationToken cancel, int times = 1)
    {
        var once = $"{title}. Mời bà con theo dõi trên loa của xã lúc 17h00 hằng ngày. ";
        var text = "Kính thưa bà con. " + string.Concat(Enumerable.Repeat(once, times)).TrimEnd();
        var written = await Officers.Post(
            Author,
            "/bulletins",
            new
            {
                title,
                text,
                voice = "vi",
            },
            cancel
        );
        return (written.GetProperty("id").GetGuid(), written.GetProperty("acts").GetInt32());
    }

    /// <summary>A bulletin of Thiện Hưng that waits for its leader.</summary>
    public async Task<Guid> Submit(string title, CancellationToken cancel, int times = 1)
    {
        var (id, acts) = await WriteAndRead(title, cancel, times);
        await Officers.Post(Author, $"/bulletins/{id}/submit", new { seen = acts }, cancel);
        return id;
    }

    async Task<(Guid Id, int Acts)> WriteAndRead(string title, CancellationToken cancel, int times = 1)
    {
        var (id, acts) = await Write(title, cancel, times);
        var spoken = await Officers.Post(Author, $"/bulletins/{id}/voice", new { seen = acts }, cancel);
        return (id, spoken.GetProperty("acts").GetInt32());
    }

    async Task<Guid> Air(Guid bulletin, CancellationToken cancel)
    {
        var key = leadersKey ??= await Officers.MakeKey(Leader, cancel);
        var unit = await Officers.UnitOf(Leader, cancel);
        var terms = await Officers.Download(Leader, $"/bulletins/{bulletin}/release?units={unit}", cancel);
        var seen = await Officers.Get(Leader, $"/api/bulletins/{bulletin}", cancel);
        var acts = seen.GetProperty("acts").GetInt32();
        var release = Jws.Sign(key, "loa-release", terms);
        await Officers.Post(Leader, $"/bulletins/{bulletin}/approve", new { release, seen = acts }, cancel);
        var order = new { bulletin, units = new[] { unit } };
        return (await Officers.Post(Leader, "/broadcasts", order, cancel)).GetProperty("id").GetGuid();
    }

    async Task<Guid> Withdraw(Guid bulletin, CancellationToken cancel)
    {
        await Air(bulletin, cancel);
        var seen = (await Officers.Get(Leader, $"/api/bulletins/{bulletin}", cancel)).GetProperty("acts").GetInt32();
        var why = new { seen, comment = "Họp dời sang tuần sau" };
        await Officers.Post(Leader, $"/bulletins/{bulletin}/withdraw", why, cancel);
        return bulletin;
    }

    async Task<Guid> HeardSpeaker(CancellationToken cancel)
    {
        var state = default(System.Text.Json.JsonElement);
        await RunningServer.Until(
            async () =>
            {
                state = (await Officers.Get(Leader, $"/api/broadcasts/{Broadcast}", cancel)).GetProperty("speakers");
                return state.EnumerateArray().Any(s => s.GetProperty("stage").GetString() == "heard");
            },
            "the speaker in Thiện Hưng plays its bulletin",
            seconds: 60
        );
        return state[0].GetProperty("speakerId").GetGuid();
    }
}

/// <summary>Tests with a browser take turns in a town, and mostly wait for pages.</summary>
[CollectionDefinition("town")]
public sealed class TownCollection : ICollectionFixture<Town>;

/// <summary>While one town waits the other works.</summary>
[CollectionDefinition("second town")]
public sealed class SecondTownCollection : ICollectionFixture<Town>;
