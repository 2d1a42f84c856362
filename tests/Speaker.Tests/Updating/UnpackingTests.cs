using System.Formats.Tar;
using Loa.Speaker.Store;

namespace Loa.Speaker.Updating;

public sealed class UnpackingTests
{
    const int Seed = 20261122;

    readonly string folder = Directory.CreateTempSubdirectory("loa-unpack-").FullName;

    [Fact]
    public void Plain_files_are_laid_out_with_their_digests()
    {
        var files = Run(Tar.Of(("./Loa.Speaker", "loa"), ("lib/a/b", "")));

        Assert.Equal(["Loa.Speaker", "lib/a/b"], files.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("loa", File.ReadAllText(Path.Combine(folder, "slot", "Loa.Speaker")));
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", files["lib/a/b"]);
    }

    [Theory]
    [InlineData("../outside")]
    [InlineData("/etc/outside")]
    [InlineData("a/../../outside")]
    [InlineData("a//outside")]
    [InlineData("a/./outside")]
    [InlineData("a\\..\\outside")]
    [InlineData("a/b/c/d/e/f/g/h/i")]
    public void Nothing_is_written_outside(string name)
    {
        var packed = Tar.Of((name, "x"));

        Assert.Equal(PackageFaultException.Format, Assert.Throws<PackageFaultException>(() => Run(packed)).Reason);
        Assert.Empty(Directory.GetFiles(folder, "outside", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    public void Links_are_refused(TarEntryType type)
    {
        var packed = Tar.Of([Tar.Link(type, "a", "/etc/passwd")]);

        Assert.Equal(PackageFaultException.Format, Assert.Throws<PackageFaultException>(() => Run(packed)).Reason);
    }

    [Fact]
    public void A_file_twice_is_refused() =>
        Assert.Throws<PackageFaultException>(() => Run(Tar.Of(("a", "1"), ("A", "2"))));

    [Fact]
    public void A_bomb_of_files_is_refused()
    {
        var packed = Tar.Of([.. Enumerable.Range(0, 4_100).Select(n => ($"{n}", ""))]);

        var unpacking = new Unpacking(new PowerCutDisk(Leaves.Nothing), "slot");
        var fault = Assert.Throws<PackageFaultException>(() => unpacking.Run(new MemoryStream(packed)));
        Assert.Equal(PackageFaultException.Size, fault.Reason);
    }

    [Fact]
    public void Damaged_packages_are_refused_and_never_anything_else()
    {
        var random = new Random(Seed);
        var good = Tar.Of(("Loa.Speaker", new string('x', 5000)), ("lib/data", "data"));
        var refused = 0;
        for (var damage = 0; damage < 300; damage++)
        {
            var bad = good[..(random.Next(3) == 0 ? random.Next(good.Length) : good.Length)];
            for (var flips = random.Next(1, 5); flips > 0 && bad.Length > 0; flips--)
                bad[random.Next(bad.Length)] ^= (byte)(1 << random.Next(8));
            try
            {
                new Unpacking(new PowerCutDisk(Leaves.Nothing), "slot").Run(new MemoryStream(bad));
            }
            catch (PackageFaultException)
            {
                refused++;
            }
        }
        Assert.True(refused > 100);
    }

    IReadOnlyDictionary<string, string> Run(byte[] packed) =>
        new Unpacking(new Disk(folder), "slot").Run(new MemoryStream(packed));
}
