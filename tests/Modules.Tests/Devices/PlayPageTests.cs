using Loa.Contracts.Devices;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Playout.AsRun;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

[Collection(nameof(DeviceServer))]
public sealed class PlayPageTests(DeviceServer server)
{
    const int Size = 37;

    [Fact]
    public async Task Every_page_of_a_large_broadcast_follows_on_the_one_before()
    {
        var broadcast = Guid.CreateVersion7();
        var speakers = await server.Db(db =>
            db.Speakers.OrderBy(s => s.NameKey).ThenBy(s => s.Id).Select(s => s.Id).Take(1_600).ToListAsync()
        );
        var at = server.Running.Clock.Moment();
        // Of a hundred three failed and two were not reached.
        var plays = speakers.Select((id, i) => Of(id, broadcast, StageOf(i), at)).ToList();
        await server.Playout(db =>
        {
            db.AddRange(plays);
            return db.SaveChangesAsync();
        });

        var answers = server.Running.Services.GetRequiredService<IPlays>();
        var tally = await answers.Tally(broadcast, CancellationToken.None);
        Assert.Equal(1_600, tally.Total);
        Assert.Equal((48, 32), (tally.At(PlayStage.Failed), tally.At(PlayStage.Waiting)));
        var shown = new List<Guid>();
        for (var skip = 0; skip < tally.Total; skip += Size)
        {
            var page = await answers.Of(broadcast, tally, skip, Size, CancellationToken.None);
            Assert.Equal(Math.Min(Size, tally.Total - skip), page.Count);
            shown.AddRange(page.Select(p => p.SpeakerId));
        }
        Assert.Equal(speakers.Select((id, i) => (id, i)).OrderBy(s => Order(StageOf(s.i))).Select(s => s.id), shown);
    }

    static PlayStage StageOf(int i) =>
        (i % 100) switch
        {
            < 3 => PlayStage.Failed,
            < 5 => PlayStage.Waiting,
            _ => PlayStage.Heard,
        };

    static int Order(PlayStage stage) =>
        stage switch
        {
            PlayStage.Failed => 0,
            PlayStage.Waiting => 1,
            _ => 2,
        };

    static Play Of(Guid speaker, Guid broadcast, PlayStage stage, DateTimeOffset at) =>
        new()
        {
            SpeakerId = speaker,
            ItemId = broadcast,
            BroadcastId = broadcast,
            Title = "Tin cho tất cả",
            Stage = stage,
            Start = at.AddDays(-2),
            OverAt = at.AddDays(-2),
            Decided = true,
            SilentMs = 0,
        };
}
