using System.Globalization;
using Loa.Kernel;

namespace Loa.Server.Door;

/// <summary>
/// How many files this process may hold open, divided before anybody comes: a reserve for databases, papers and tools, the
/// speakers' door, and the console. A process without a free one dies, so the sum never exceeds what the machine allows.
/// </summary>
/// <param name="Speakers">Connections of the device gateway.</param>
/// <param name="Console">Connections over HTTP.</param>
sealed record OpenFiles(int Speakers, int Console)
{
    const int Reserve = 500;
    const int FewestSpeakers = 100;
    const int FewestConsole = 100;
    const int MostSpeakers = 15_000;
    const int MostConsole = 4_000;
    const string Row = "Max open files";

    /// <summary>What is configured (<c>Mqtt:MaximumConnections</c>, <c>Http:MaximumConnections</c>) and, where nothing is, what fits.</summary>
    /// <exception cref="CannotStartException">The numbers do not fit into what the machine allows.</exception>
    public static OpenFiles From(IConfiguration config, long files)
    {
        var (speakers, console) = (
            config.GetValue<int?>("Mqtt:MaximumConnections"),
            config.GetValue<int?>("Http:MaximumConnections")
        );
        var room = (int)Math.Min(files - Reserve, int.MaxValue);
        var bounds = new OpenFiles(
            speakers
                ?? Share(room - (console ?? Share(room / 4, FewestConsole, MostConsole)), FewestSpeakers, MostSpeakers),
            console ?? Share(room - (speakers ?? room * 3 / 4), FewestConsole, MostConsole)
        );
        if (
            bounds.Speakers < FewestSpeakers
            || bounds.Console < FewestConsole
            || (long)bounds.Speakers + bounds.Console > room
        )
            throw new CannotStartException("start.files", files, bounds.Speakers, bounds.Console, Reserve);
        return bounds;
    }

    /// <summary>What the machine allows this process: RLIMIT_NOFILE as the kernel tells it.</summary>
    public static long FilesAllowed()
    {
        var told = File.ReadLines("/proc/self/limits").First(line => line.StartsWith(Row, StringComparison.Ordinal));
        var soft = told[Row.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[0];
        return soft == "unlimited" ? int.MaxValue : long.Parse(soft, CultureInfo.InvariantCulture);
    }

    static int Share(int room, int fewest, int most) => Math.Clamp(room, fewest, most);
}
