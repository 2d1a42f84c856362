using Loa.Air;

namespace Loa.Speaker.Health;

public sealed class LinuxHealthTests : IDisposable
{
    readonly string root = Directory.CreateTempSubdirectory("loa-health-").FullName;

    [Fact]
    public async Task What_Linux_says_is_read()
    {
        Put("sys/class/thermal/thermal_zone0/temp", "41500\n");
        Put("sys/class/thermal/thermal_zone1/temp", "52500\n");
        Put("sys/class/power_supply/AC/type", "Mains\n");
        Put("sys/class/power_supply/AC/online", "0\n");
        Put("sys/class/power_supply/BAT0/type", "Battery\n");
        Put("sys/class/power_supply/BAT0/capacity", "63\n");
        Put("proc/net/route", "Iface\tDestination\tGateway\nwwan0\t00000000\t0100A8C0\nwwan0\t0000A8C0\t00000000\n");
        Put("run/dbm", "-87\n");

        var vitals = await new LinuxHealth(root, "/run/dbm").Read(CancellationToken.None);

        Assert.Equal(new Vitals(Mains: false, Battery: 63, 52, -87, LinkKind.Mobile4g), vitals);
    }

    [Fact]
    public async Task What_is_not_there_is_not_told_and_nonsense_neither()
    {
        Assert.Equal(new Vitals(), await new LinuxHealth(root).Read(CancellationToken.None));
        Put("sys/class/thermal/thermal_zone0/temp", "much\n");
        Put("sys/class/power_supply/BAT0/type", "Battery\n");
        Put("sys/class/power_supply/BAT0/capacity", "6300\n");

        Assert.Equal(new Vitals(), await new LinuxHealth(root, "run/none").Read(CancellationToken.None));
        Assert.Equal(new Vitals(), await new LinuxHealth(root, "!/no/such/program").Read(CancellationToken.None));
    }

    [Fact]
    public async Task A_program_may_tell_the_signal()
    {
        var program = Put("dbm", "#!/bin/sh\necho -101\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var vitals = await new LinuxHealth(root, $"!{program}", LinkKind.Mobile3g).Read(CancellationToken.None);

        Assert.Equal((-101, LinkKind.Mobile3g), (vitals.Signal, vitals.Link));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);

    string Put(string file, string text)
    {
        var path = Path.Combine(root, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
