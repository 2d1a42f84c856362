using System.Text;
using Loa.Speaker.Store;

namespace Loa.Speaker.Updating;

public sealed class SlotsTests(ITestOutputHelper output)
{
    const int Cuts = 1_000;
    const int Seed = 20261122;
    const int MostStarts = 3;

    [Fact]
    public void A_thousand_power_cuts_leave_one_slot_to_start_and_never_half_of_one()
    {
        var random = new Random(Seed);
        var leaves = Enum.GetValues<Leaves>();
        var seen = new Dictionary<string, int>();
        for (var cut = 0; cut < Cuts; cut++)
        {
            var life = new Life(new PowerCutDisk(leaves[cut % leaves.Length]));
            // Some history first, without mishap; then one life that is cut short, again and again.
            for (var quiet = random.Next(3); quiet > 0; quiet--)
                life.Live(random);
            for (var again = random.Next(1, 4); again > 0; again--)
            {
                life.Disk.StepsLeft = random.Next(1, 1200);
                try
                {
                    while (true)
                        life.Live(random);
                }
                catch (PowerCutException)
                {
                    life = life.Restart();
                }
                var state = life.Check();
                seen[state] = seen.GetValueOrDefault(state) + 1;
            }
        }
        output.WriteLine(string.Join(", ", seen.Select(entry => $"{entry.Key} {entry.Value}")));
        Assert.Contains("A", seen.Keys);
        Assert.Contains("B", seen.Keys);
        Assert.Contains("Factory", seen.Keys);
        Assert.Contains("A on trial", seen.Keys);
        Assert.Contains("B on trial", seen.Keys);
    }

    [Fact]
    public void A_trial_that_had_its_chances_is_over()
    {
        var life = new Life(new PowerCutDisk(Leaves.Nothing));
        life.Install(1);
        for (var start = 1; start <= MostStarts; start++)
            Assert.Equal(start, life.Slots.Start(MostStarts).Trial!.Starts);

        var back = life.Slots.Start(MostStarts);

        Assert.Equal((Slot.Factory, null, false), (back.Steady, back.Trial, back.LastGood));
        Assert.Equal(0, back.Highest);
    }

    [Fact]
    public void A_slot_that_lost_a_byte_is_not_started()
    {
        var life = new Life(new PowerCutDisk(Leaves.Nothing));
        life.Install(1);
        life.Slots.Start(MostStarts);
        life.Slots.Confirm();
        using (var file = life.Disk.Open("slots/a/lib/data"))
            file.Truncate(2);

        Assert.Equal(Slot.Factory, life.Slots.Start(MostStarts).Steady);
        Assert.Equal(1, life.Slots.Pointer.Highest);
    }

    /// <summary>A speaker's slots through updates, starts, confirmations and rollbacks, and what must be true of them.</summary>
    sealed class Life(PowerCutDisk disk)
    {
        long next = 1;
        long confirmed;

        public PowerCutDisk Disk => disk;

        public Slots Slots { get; } = new(disk, Slots.Software);

        public Life Restart() => new(disk.Restart()) { next = next, confirmed = confirmed };

        public void Live(Random random)
        {
            var pointer = Slots.Start(MostStarts);
            if (pointer.Trial is null)
                Install(next++);
            else if (random.Next(3) == 0)
                Slots.RollBack();
            else if (random.Next(2) == 0)
                confirmed = Slots.Confirm().Version;
        }

        public void Install(long version)
        {
            var at = Slots.Clear();
            var files = new Unpacking(disk, at).Run(new MemoryStream(Packed(version)));
            Slots.Try(new SlotSums(version, files), Guid.CreateVersion7());
        }

        public string Check()
        {
            var pointer = Slots.Start(MostStarts);
            var version = pointer.CurrentVersion;
            // What is started is whole, and of one version.
            Assert.True(Slots.IsSound(pointer.Current));
            if (pointer.Current != Slot.Factory)
            {
                var folder = Slots.FolderOf(pointer.Current);
                Assert.Equal(Text(version), disk.Text($"{folder}/Loa.Speaker"));
                Assert.Equal($"{version} {version}", disk.Text($"{folder}/lib/data"));
            }
            // What was confirmed stays, and the highest never sinks.
            Assert.True(pointer.Highest >= confirmed);
            Assert.True(pointer.Version >= confirmed);
            Assert.NotEqual(pointer.Steady, pointer.Trial?.Slot);
            return pointer.Current + (pointer.Trial is null ? "" : " on trial");
        }

        static byte[] Packed(long version) =>
            Tar.Of(("Loa.Speaker", Text(version)), ("lib/data", $"{version} {version}"));

        static string Text(long version) => new(Encoding.ASCII.GetChars([(byte)('a' + (version % 26))]));
    }
}
