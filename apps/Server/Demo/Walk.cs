using System.Text.Json;
using Loa.Jose;
using Loa.Kernel;

namespace Loa.Server.Demo;

/// <summary>The main job before the reader's eyes: text → speech → approval → signature → delivery → verified → played → heard.</summary>
sealed class Walk(Province province, SpeakerFleet fleet, TimeProvider clock)
{
    const string Author = "tinh.bientap";
    const string Approver = "tinh.duyet";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    readonly long begun = clock.GetTimestamp();

    public async Task Run(CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        var bulletin = await Write(either.Token);
        await Approve(bulletin, either.Token);
        var sound = await province.Download(Approver, $"/bulletins/{bulletin}/audio", either.Token);
        var broadcast = await PlayNow(bulletin, either.Token);
        await Follow(broadcast, either.Token);
        var folder = Recordings.Of(fleet.Folder);
        var (matching, worst) = Recordings.Compare(folder, sound);
        Say("demo.recordings", matching, fleet.Count, worst, folder);
    }

    async Task<Guid> Write(CancellationToken cancel)
    {
        var text = Words.Get("demo.text");
        var unit = await province.UnitOf(Author, cancel);
        var written = await province.Post(
            Author,
            "/bulletins",
            new
            {
                title = Words.Get("demo.title"),
                text,
                voice = "vi",
                unit,
            },
            cancel
        );
        var id = written.GetProperty("id").GetGuid();
        Say("demo.written", text.Length);
        var spoken = await province.Post(
            Author,
            $"/bulletins/{id}/voice",
            new { expected = written.GetProperty("acts").GetInt32() },
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
            new { expected = spoken.GetProperty("acts").GetInt32() },
            cancel
        );
        Say("demo.submitted");
        return id;
    }

    async Task Approve(Guid bulletin, CancellationToken cancel)
    {
        var key = await province.MakeKey(Approver, cancel);
        Say("demo.delegated", key.KeyId[..12]);
        var units = string.Join('&', (await province.DemoCommunes(cancel)).Select(u => $"units={u}"));
        var seen = await province.Get(Approver, $"/api/bulletins/{bulletin}", cancel);
        var terms = await province.Download(Approver, $"/bulletins/{bulletin}/release?{units}", cancel);
        var release = Jws.Sign(key, "loa-release", terms);
        await province.Post(
            Approver,
            $"/bulletins/{bulletin}/approve",
            new { release, expected = seen.GetProperty("acts").GetInt32() },
            cancel
        );
        Say("demo.approved");
    }

    async Task<Guid> PlayNow(Guid bulletin, CancellationToken cancel)
    {
        var ordered = await province.Post(
            Approver,
            "/broadcasts",
            new { bulletin, units = await province.DemoCommunes(cancel) },
            cancel
        );
        Say("demo.ordered", fleet.Count);
        return ordered.GetProperty("id").GetGuid();
    }

    // A line whenever a speaker gets one step further, until each has been heard.
    async Task Follow(Guid broadcast, CancellationToken cancel)
    {
        var stages = new Dictionary<Guid, string>();
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(200), clock);
        while (true)
        {
            var heard = 0;
            var (total, page) = (1, 1);
            for (var seen = 0; seen < total; page++)
            {
                var state = await province.Get(Approver, $"/api/broadcasts/{broadcast}?page={page}", cancel);
                total = state.GetProperty("total").GetInt32();
                var speakers = state.GetProperty("speakers").EnumerateArray().ToList();
                if (speakers.Count == 0)
                    break;
                seen += speakers.Count;
                heard += speakers.Count(s => s.GetProperty("stage").GetString() == "heard");
                Tell(speakers, stages);
            }
            var silent = stages.Values.Count(s => s is "refused" or "failed");
            if (heard + silent >= fleet.Count && stages.Values.Count(s => s is not "waiting") >= fleet.Count)
            {
                Say("demo.heard", heard, fleet.Count);
                return;
            }
            await look.WaitForNextTickAsync(cancel);
        }
    }

    void Tell(List<JsonElement> speakers, Dictionary<Guid, string> stages)
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
