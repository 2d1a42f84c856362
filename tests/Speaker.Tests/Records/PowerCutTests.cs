using System.Security.Cryptography;
using Loa.Air;
using Loa.Jose;
using Loa.Speaker.InABox;
using Loa.Speaker.Store;

namespace Loa.Speaker.Records;

/// <summary>The power fails at any step of playing and of writing it down.</summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    static readonly DateTimeOffset monday = new(2026, 11, 15, 22, 0, 0, TimeSpan.Zero);

    readonly HeldMachine machine = new(monday);
    readonly Owner owner = new(monday);

    [Theory]
    [InlineData(Leaves.Nothing)]
    [InlineData(Leaves.Garbage)]
    public void A_power_cut_at_any_point_neither_loses_a_record_nor_plays_an_item_twice(Leaves leaves)
    {
        var whole = new PowerCutDisk(leaves);
        var (items, message, media) = Small();
        var start = machine.True;
        Assert.True(Work(whole, message, media, start));
        var cuts = 0;

        // Every byte would be thousands of lives; each kind of step has many of them.
        for (var cut = 400; cut < whole.Steps; cut += 61, cuts++)
        {
            var cutDisk = new PowerCutDisk(leaves) { StepsLeft = cut };
            if (Work(cutDisk, message, media, start))
                continue;
            var after = cutDisk.Restart();
            Assert.True(Work(after, message, media, start));
            var records = new Hut(owner, new HeldMachine(start.AddMinutes(9)), after, isHeard: false).Written;
            foreach (var item in items)
            {
                var mine = records.Where(record => record.Item == item.Id).ToArray();
                Assert.Single(mine, record => record.Outcome == PlayOutcome.Played);
                Assert.All(
                    mine,
                    record =>
                        Assert.True(record.Outcome == PlayOutcome.Played || record.Reason is "power" or "outranked")
                );
            }
        }
        output.WriteLine($"{leaves}: {cuts} of {whole.Steps} cuts");
        Assert.True(cuts > 50);
    }

    // Plays all it is told on a machine that starts anew; false when the power was cut.
    bool Work(PowerCutDisk on, Func<Hut, bool> message, Action<Hut> media, DateTimeOffset start)
    {
        try
        {
            var held = new HeldMachine(start);
            var hut = new Hut(owner, held, on, isHeard: false);
            if (hut.PlayQueue.Open.Count == 0 && hut.Written.Count == 0)
            {
                media(hut);
                message(hut);
            }
            Drive.Until(hut, held, start.AddMinutes(3));
            return true;
        }
        catch (PowerCutException)
        {
            return false;
        }
    }

    (TimetableItem[] Items, Func<Hut, bool> Order, Action<Hut> Media) Small()
    {
        var bytes = Bytes(1);
        var release = owner.Release(64, Digest(1), TimeSpan.FromSeconds(2)).Sign(owner.Officer);
        var alarm = owner.Release(64, Digest(1), TimeSpan.FromSeconds(2), AirClass.Emergency).Sign(owner.Officer);
        var now = machine.True;
        var items = new[]
        {
            Item(release, now.AddSeconds(1)) with
            {
                Now = true,
                Until = now.AddHours(1),
            },
            Item(alarm, now.AddSeconds(2), AirClass.Emergency) with
            {
                Now = true,
                Until = now.AddHours(1),
            },
        };
        bool Order(Hut hut)
        {
            hut.Order(items, [release, alarm]);
            return true;
        }
        return (items, Order, hut => hut.Store(bytes, Digest(1)));
    }

    static byte[] Bytes(byte of) => [.. Enumerable.Repeat(of, 64)];

    static string Digest(byte of) => Convert.ToHexStringLower(SHA256.HashData(Bytes(of)));

    static TimetableItem Item(string release, DateTimeOffset start, AirClass airClass = AirClass.Ordinary) =>
        new(Guid.CreateVersion7(), Guid.CreateVersion7(), Jws.Digest(release), airClass, start, start.AddSeconds(20));
}
