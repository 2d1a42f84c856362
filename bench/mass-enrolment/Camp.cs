using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;
using Loa.Bench.Runs;
using Loa.Bench.UnderTest;
using Loa.Jose;

namespace Loa.Bench.MassEnrolment;

/// <summary>One server and the fleet that comes to it.</summary>
sealed partial class Camp(ServerUnderTest server, int speakers, int processes)
{
    // The server's own limit for one list.
    const int MostLines = 5_000;
    const int Terminate = 15;

    static readonly TimeSpan patience = TimeSpan.FromMinutes(20);

    readonly string data = Path.Combine(server.Folder, "fleet");
    Process? fleet;

    public ServerUnderTest Server => server;

    /// <summary>How long the server took to enter the list.</summary>
    public TimeSpan Listed { get; private set; }

    string Serials => Path.Combine(data, "serials.txt");

    string Figures => Path.Combine(data, "figures.json");

    /// <summary>Every speaker's board is made, and the technician brings the list of their keys.</summary>
    public async Task Expect()
    {
        var serials = Enumerable.Range(1, speakers).Select(i => $"ENROL-{i:d5}").ToArray();
        var kids = new string[speakers];
        Parallel.For(0, speakers, i => kids[i] = Board(serials[i]));
        await File.WriteAllLinesAsync(Serials, serials);
        var units = (await server.Process.Ask("units")).Split(' ');
        using var technician = await server.SignIn("tinh.kythuat");
        var began = TimeProvider.System.GetTimestamp();
        foreach (var part in Enumerable.Range(0, speakers).Chunk(MostLines))
        {
            var lines = part.Select(i => $"{serials[i]},{kids[i]},{units[i % units.Length]},Cụm loa {i},2");
            using var csv = new StringContent(string.Join('\n', lines.Prepend("serial,key,unit,name,horns")));
            using var brought = await technician.PostAsync(new Uri("/speakers/beforehand", UriKind.Relative), csv);
            var list = await brought.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
            using var entered = await technician.PostAsJsonAsync(
                $"/speakers/beforehand/{list.GetProperty("id").GetGuid()}",
                new { }
            );
            entered.EnsureSuccessStatusCode();
        }
        Listed = TimeProvider.System.GetElapsedTime(began);
    }

    public void SwitchOn()
    {
        string[] told =
        [
            "--server",
            $"{server.Web}",
            "--data",
            data,
            "--serials",
            Serials,
            "--processes",
            $"{processes}",
            "--figures",
            Figures,
        ];
        fleet = Process.Start(new ProcessStartInfo(Sibling.Program("Fleet"), told) { RedirectStandardOutput = true })!;
        // What it tells must be read, or it would wait for its reader one day.
        fleet.OutputDataReceived += (_, _) => { };
        fleet.BeginOutputReadLine();
    }

    /// <summary>Seconds until every one was online.</summary>
    public async Task<double> AllCome(long began)
    {
        var at = long.Parse(
            await server.Process.Ask($"online {speakers} {(int)patience.TotalSeconds}"),
            CultureInfo.InvariantCulture
        );
        return TimeProvider.System.GetElapsedTime(began, at).TotalSeconds;
    }

    public async Task<int> Online() => int.Parse(await server.Process.Ask("present"), CultureInfo.InvariantCulture);

    /// <returns>What the speakers told, in milliseconds.</returns>
    public async Task<Dictionary<string, double[]>> SwitchOff()
    {
        if (Signal(fleet!.Id, Terminate) != 0)
            throw new IOException("The fleet is gone.");
        await fleet.WaitForExitAsync();
        fleet.Dispose();
        return JsonSerializer.Deserialize<Dictionary<string, double[]>>(await File.ReadAllTextAsync(Figures))!;
    }

    string Board(string serial)
    {
        var folder = Directory.CreateDirectory(Path.Combine(data, serial));
        var key = SigningKey.Create();
        key.Save(Path.Combine(folder.FullName, "key.pem"));
        return key.Public.KeyId;
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
