using Loa.Contracts.Devices;
using Loa.Devices.Commands;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Lists;
using Loa.Playout.AsRun;
using Microsoft.EntityFrameworkCore;

namespace Loa.Devices;

/// <summary>All that one speaker was to play and told to do is listed, narrowed, turned round and taken away.</summary>
[Collection(nameof(DeviceServer))]
public sealed class SpeakerPastTests(DeviceServer server)
{
    const int Many = 30;

    [Fact]
    public async Task All_plays_and_commands_of_a_speaker_are_listed_and_taken_away_as_they_are_shown()
    {
        var (now, broadcast) = (server.Running.Clock.Moment(), Guid.CreateVersion7());
        var speaker = await server.Db(db =>
            db.Speakers.OrderByDescending(s => s.NameKey).Select(s => s.Id).FirstAsync()
        );
        await server.Playout(db =>
        {
            db.AddRange(Enumerable.Range(0, Many).Select(n => Play(speaker, broadcast, n, now.AddDays(-n))));
            return db.SaveChangesAsync();
        });
        await server.Db(db =>
        {
            db.AddRange(Enumerable.Range(0, Many).Select(n => Command(speaker, n, now.AddDays(-n))));
            return db.SaveChangesAsync();
        });
        var (path, week) = ($"/speakers/{speaker}", $"from={VietnamTime.Of(now.AddDays(-7)):dd/MM/yyyy}");

        Assert.Equal(Titles(0, Many), await Shown($"{path}/plays?state=Silent"));
        Assert.Equal(Titles(0, Many).Reverse(), await Shown($"{path}/plays?state=Silent&sort=planned"));
        Assert.Equal(8, (await Shown($"{path}/plays?state=Silent&{week}")).Count);
        Assert.Empty(await Shown($"{path}/plays?state=Silent&to=01/01/2020"));
        var levels = await Shown($"{path}/commands?command=volume");
        Assert.Equal(Many, levels.Distinct().Count());
        Assert.Equal(levels.Reverse(), await Shown($"{path}/commands?command=volume&sort=ordered"));
        Assert.Equal(8, (await Shown($"{path}/commands?command=volume&{week}")).Count);

        // Of others' speakers not even that there are any.
        using var elsewhere = await server.Running.SignedIn("binhphuoc.kythuat");
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await elsewhere.GetAsync($"{path}/plays.csv")).StatusCode);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await elsewhere.GetAsync($"{path}/commands")).StatusCode);
    }

    async Task<IReadOnlyList<string>> Shown(string path)
    {
        var shown = await ShownList.Read(server.Technician, path);
        if (shown.Rows.Count > 0)
            await shown.IsTakenAwayAsShown(server.Technician);
        return [.. shown.Rows.Select(row => row[0])];
    }

    static IEnumerable<string> Titles(int from, int to) => Enumerable.Range(from, to).Select(n => $"Tin {n}");

    static Play Play(Guid speaker, Guid broadcast, int number, DateTimeOffset at) =>
        new()
        {
            SpeakerId = speaker,
            ItemId = Guid.CreateVersion7(),
            BroadcastId = broadcast,
            Title = $"Tin {number}",
            Stage = PlayStage.Silent,
            Start = at,
            OverAt = at,
            Decided = true,
            SilentMs = 0,
        };

    static SentCommand Command(Guid speaker, int number, DateTimeOffset at) =>
        new()
        {
            Id = Guid.CreateVersion7(),
            SpeakerId = speaker,
            Name = Air.Command.Volume,
            Args = $$"""{"level":{{number}}}""",
            By = "Kỹ thuật viên",
            OfficerId = null,
            PostId = null,
            OrderedAt = at,
            Deadline = at,
            Stage = CommandStage.Done,
            EndedAt = at,
        };
}
