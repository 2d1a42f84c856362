using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Loa.Air;

namespace Loa.Speaker.Health;

/// <summary>What Linux says: thermal zones, power supplies, the interface of the default route, and a modem's signal.</summary>
/// <param name="root">Where <c>sys</c> and <c>proc</c> are found; <c>/</c> but in tests.</param>
/// <param name="signal">A file with dBm, or <c>!</c> and a program that prints them; absent when there is no modem.</param>
/// <param name="link">What kind of link the modem is; what the name of the interface says when absent.</param>
public sealed class LinuxHealth(string root, string? signal = null, LinkKind? link = null) : IHealthSource
{
    static readonly TimeSpan patience = TimeSpan.FromSeconds(5);

    static readonly Dictionary<string, LinkKind> kinds = new()
    {
        ["en"] = LinkKind.Wired,
        ["et"] = LinkKind.Wired,
        ["wl"] = LinkKind.Wifi,
        ["ww"] = LinkKind.Mobile4g,
        ["pp"] = LinkKind.Mobile3g,
        ["us"] = LinkKind.Mobile4g,
    };

    public TimeSpan Every => TimeSpan.FromSeconds(15);

    public async ValueTask<Vitals> Read(CancellationToken cancel)
    {
        var supplies = Folders("sys/class/power_supply").ToList();
        return new Vitals(
            Mains(supplies),
            Battery(supplies),
            Temperature(),
            Within(Number(await Signal(cancel)), -200, 0),
            link ?? Kind()
        );
    }

    static bool? Mains(IEnumerable<string> supplies)
    {
        var online = supplies
            .Where(supply => Text(supply, "type") is "Mains" or "USB")
            .Select(supply => Number(Text(supply, "online")))
            .OfType<int>()
            .ToList();
        return online.Count == 0 ? null : online.Any(value => value > 0);
    }

    static int? Battery(IEnumerable<string> supplies) =>
        Within(
            supplies
                .Where(supply => Text(supply, "type") == "Battery")
                .Select(supply => Number(Text(supply, "capacity")))
                .Min(),
            0,
            100
        );

    int? Temperature() =>
        Within(
            Folders("sys/class/thermal", "thermal_zone*").Select(zone => Number(Text(zone, "temp"))).Max() / 1000,
            -60,
            150
        );

    async Task<string?> Signal(CancellationToken cancel)
    {
        if (signal is null)
            return null;
        return signal.StartsWith('!')
            ? await Ask(signal[1..], cancel)
            : Text(Path.Combine(root, signal.TrimStart('/')));
    }

    LinkKind? Kind()
    {
        // Iface Destination …; the default route goes to 00000000.
        var route = Text(Path.Combine(root, "proc/net/route"))
            ?.Split('\n')
            .Select(line => line.Split('\t'))
            .FirstOrDefault(words => words is [_, "00000000", ..]);
        return route is [{ Length: > 2 } name, ..] && kinds.TryGetValue(name[..2], out var kind) ? kind : null;
    }

    static async Task<string?> Ask(string program, CancellationToken cancel)
    {
        using var enough = new CancellationTokenSource(patience, TimeProvider.System);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, enough.Token);
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false }
            )!;
            try
            {
                return await process.StandardOutput.ReadToEndAsync(either.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                cancel.ThrowIfCancellationRequested();
                return null;
            }
        }
        catch (Win32Exception)
        {
            // No such program: the signal is not measured, as if there were no modem.
            return null;
        }
    }

    IEnumerable<string> Folders(string path, string pattern = "*") =>
        Directory.Exists(Path.Combine(root, path)) ? Directory.GetDirectories(Path.Combine(root, path), pattern) : [];

    static string? Text(string folder, string file) => Text(Path.Combine(folder, file));

    static string? Text(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            // Sensors come and go with their drivers.
            return null;
        }
    }

    static int? Number(string? text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e9
            ? (int)Math.Round(number)
            : null;

    static int? Within(int? value, int least, int most) => value >= least && value <= most ? value : null;
}
