using System.Text.Json;
using Loa.Jose;
using Loa.Kernel;

namespace Loa.Server.Demo;

/// <summary>
/// The main job before the reader's eyes: text → speech → approval → signature → delivery → verified → played → heard; then an
/// emergency to speakers that somebody turned down to nothing.
/// </summary>
sealed class Walk(Province province, FleetProcess fleet, TimeProvider clock)
{
    const string Author = "tinh.bientap";
    const string Approver = "tinh.duyet";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    const string Technician = "tinh.kythuat";
    const int Muted = 0;
    const int Usual = 60;
    readonly long begun = clock.GetTimestamp();
    readonly HashSet<long> rung = [];
    SigningKey? key;

    public async Task Run(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            await Do(either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            Say("demo.too-slow", Patience.TotalMinutes);
        }
    }

    async Task Do(CancellationToken cancel)
    {
        // A few speakers stand in the four communes; more stand all over the province.
        IReadOnlyList<Guid> units = IsFew
            ? await province.DemoCommunes(cancel)
            : [await province.UnitOf(Approver, cancel)];
        var sound = await Air("demo.title", "demo.text", "ordinary", units, cancel);
        var (matching, worst) = Recordings.Compare(fleet.Folder, sound);
        Say("demo.recordings", matching, fleet.Count, worst, fleet.Folder);
        if (IsFew)
            await Alarm(units, cancel);
    }

    // A slip of the hand, and the night on which it would matter.
    async Task Alarm(IReadOnlyList<Guid> units, CancellationToken cancel)
    {
        await SetVolume(Muted, cancel);
        Say("demo.muted", fleet.Count);
        var sound = await Air("demo.alarm-title", "demo.alarm-text", "emergency", units, cancel);
        Say("demo.alarm-loud", Recordings.Quietest(fleet.Folder, sound) * 100);
        await SetVolume(Usual, cancel);
    }

    Task SetVolume(int level, CancellationToken cancel) =>
        province.Post(
            Technician,
            "/speakers/commands",
            new
            {
                name = "volume",
                level,
                count = fleet.Count,
                ids = province.SpeakersCalled(fleet.Serials),
            },
            cancel
        );

    async Task<byte[]> Air(
        string title,
        string text,
        string @class,
        IReadOnlyList<Guid> units,
        CancellationToken cancel
    )
    {
        var bulletin = await Write(Words.Get(title), Words.Get(text), @class, cancel);
        await Rings(Approver, "demo.bell.approver", Words.Get(title), cancel);
        await Approve(bulletin, units, cancel);
        await Rings(Author, "demo.bell.author", Words.Get(title), cancel);
        var sound = await province.Download(Approver, $"/bulletins/{bulletin}/audio", cancel);
        await Follow(await PlayNow(bulletin, units, cancel), cancel);
        await Rings(Author, "demo.bell.author", Words.Get(title), cancel);
        if (@class == "ordinary")
            await Plan(bulletin, units[0], cancel);
        return sound;
    }

    // What every station does each day, from tomorrow on: the morning's session and the evening's.
    async Task Plan(Guid bulletin, Guid unit, CancellationToken cancel)
    {
        var first = clock.Today().AddDays(1);
        foreach (
            var (name, at) in new[] { ("demo.morning", new TimeOnly(5, 30)), ("demo.evening", new TimeOnly(17, 0)) }
        )
            await province.Plan(Approver, Words.Get(name), bulletin, unit, first, at, cancel);
        Say("demo.planned");
    }

    bool IsFew => fleet.Count <= 12;

    async Task<Guid> Write(string title, string text, string @class, CancellationToken cancel)
    {
        var unit = await province.UnitOf(Author, cancel);
        var written = await province.Post(
            Author,
            "/bulletins",
            new
            {
                title,
                text,
                voice = "vi",
                unit,
                @class,
            },
            cancel
        );
        var id = written.GetProperty("id").GetGuid();
        Say("demo.written", text.Length);
        var spoken = await province.Post(
            Author,
            $"/bulletins/{id}/voice",
            new { seen = written.GetProperty("acts").GetInt32() },
            cancel
        );
        var sound = spoken.GetProperty("sound");
        Say(
            "demo.spoken",
            sound.GetProperty("durationMs").GetDouble() / 1000,
            sound.GetProperty("loudness").GetDouble()
        );
        await province.Post(
            Author,
            $"/bulletins/{id}/submit",
            new { seen = spoken.GetProperty("acts").GetInt32() },
            cancel
        );
        Say("demo.submitted");
        return id;
    }

    async Task Approve(Guid bulletin, IReadOnlyList<Guid> reach, CancellationToken cancel)
    {
        if (key is null)
        {
            key = await province.MakeKey(Approver, cancel);
            Say("demo.delegated", key.KeyId[..12]);
        }
        var units = string.Join('&', reach.Select(u => $"units={u}"));
        var seen = await province.Get(Approver, $"/api/bulletins/{bulletin}", cancel);
        var terms = await province.Download(Approver, $"/bulletins/{bulletin}/release?{units}", cancel);
        var release = Jws.Sign(key, "loa-release", terms);
        await province.Post(
            Approver,
            $"/bulletins/{bulletin}/approve",
            new { release, seen = seen.GetProperty("acts").GetInt32() },
            cancel
        );
        Say("demo.approved");
    }

    async Task<Guid> PlayNow(Guid bulletin, IReadOnlyList<Guid> units, CancellationToken cancel)
    {
        var ordered = await province.Post(Approver, "/broadcasts", new { bulletin, units }, cancel);
        Say(IsFew ? "demo.ordered" : "demo.ordered-everywhere", fleet.Count);
        return ordered.GetProperty("id").GetGuid();
    }

    // What a bell tells whom it concerns, as soon as it does.
    async Task Rings(string account, string line, string title, CancellationToken cancel)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(200), clock);
        while (true)
        {
            var notices = await province.Get(account, "/api/notices?show=unread", cancel);
            foreach (var notice in notices.GetProperty("rows").EnumerateArray())
                if (
                    notice.GetProperty("text").GetString()!.Contains(title, StringComparison.Ordinal)
                    && rung.Add(notice.GetProperty("id").GetInt64())
                )
                {
                    Say(line, notice.GetProperty("text").GetString());
                    return;
                }
            await look.WaitForNextTickAsync(cancel);
        }
    }

    // A line whenever a speaker gets one step further, or for many a line of sums, until each has been heard.
    async Task Follow(Guid broadcast, CancellationToken cancel)
    {
        var told = new Dictionary<Guid, string>();
        var sums = "";
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(200), clock);
        while (true)
        {
            var state = await province.Get(Approver, $"/api/broadcasts/{broadcast}", cancel);
            var stages = state.GetProperty("stages");
            if (IsFew)
                Tell(state.GetProperty("speakers").EnumerateArray(), told);
            else if (sums != (sums = Sums(stages)))
                Say("demo.sums", sums);
            var heard = CountOf(stages, "heard");
            if (
                heard + CountOf(stages, "silent") + CountOf(stages, "refused") + CountOf(stages, "failed")
                >= fleet.Count
            )
            {
                Say("demo.heard", heard, fleet.Count);
                return;
            }
            await look.WaitForNextTickAsync(cancel);
        }
    }

    static string Sums(JsonElement stages) =>
        string.Join(
            " · ",
            stages
                .EnumerateObject()
                .Where(s => s.Name != "waiting" && s.Value.GetInt32() > 0)
                .Select(s => $"{Words.Get("stage." + s.Name)} {s.Value}")
        );

    static int CountOf(JsonElement stages, string stage) =>
        stages.TryGetProperty(stage, out var count) ? count.GetInt32() : 0;

    void Tell(IEnumerable<JsonElement> speakers, Dictionary<Guid, string> stages)
    {
        foreach (var speaker in speakers)
        {
            var (id, stage) = (speaker.GetProperty("speakerId").GetGuid(), speaker.GetProperty("stage").GetString()!);
            if (stages.GetValueOrDefault(id, "waiting") == stage)
                continue;
            Say(
                "demo.speaker",
                speaker.GetProperty("place").GetString(),
                speaker.GetProperty("name").GetString(),
                Passed(stages.GetValueOrDefault(id, "waiting"), stage),
                speaker.GetProperty("reason").GetString()
            );
            stages[id] = stage;
        }
    }

    // A stage includes those before it: what was passed between two looks is told too.
    static string Passed(string from, string to)
    {
        string[] way = ["waiting", "delivered", "verified", "playing", "heard"];
        var (first, last) = (Array.IndexOf(way, from), Array.IndexOf(way, to));
        return last > first
            ? string.Join(" → ", way[(first + 1)..(last + 1)].Select(s => Words.Get("stage." + s)))
            : Words.Get("stage." + to);
    }

    void Say(string key, params object?[] args) =>
        Console.WriteLine($"{clock.GetElapsedTime(begun).TotalSeconds, 6:0.0} s  {Words.Get(key, args)}");
}
