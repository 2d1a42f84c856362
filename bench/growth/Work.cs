using System.Diagnostics;
using System.Globalization;
using Loa.Bench.UnderTest;

namespace Loa.Bench.Growth;

/// <summary>What is asked at each size, by whom, and what it may cost when the province has grown tenfold.</summary>
/// <param name="Officer">One of the demo province's.</param>
/// <param name="IsExport">Everything is in it, so it may take as much longer as there is more.</param>
sealed record Work(string Name, string Officer, string Path, bool IsExport = false)
{
    const int Warm = 2;
    const int Times = 11;
    const int TimesOfExport = 5;

    /// <param name="broadcast">One to all speakers.</param>
    /// <param name="job">An order to all speakers.</param>
    public static IReadOnlyList<Work> All(Size size, string broadcast, string job)
    {
        var (lastBulletins, lastSpeakers) = (size.Bulletins / 25, size.Speakers / 25);
        var lastPlays = size.Speakers / 100;
        const string writer = "tinh.bientap";
        const string leader = "tinh.duyet";
        const string technician = "tinh.kythuat";
        const string administrator = "tinh.quantri";
        return
        [
            new("home page", leader, "/"),
            new("bulletins, first page", writer, "/bulletins"),
            new("bulletins, one state", writer, "/bulletins?state=approved"),
            new("bulletins, last page", writer, Page("/bulletins", lastBulletins)),
            new("bulletins, search: in each, two letters", writer, "/bulletins?q=xa"),
            new("bulletins, search: in 3 of 100", writer, "/bulletins?q=hiem"),
            new("bulletins, search: in one", writer, "/bulletins?q=duynhat"),
            new("bulletins, search: in none", writer, "/bulletins?q=khongco"),
            new("bulletins, search by a commune", "loctan.bientap", "/bulletins?q=xa"),
            new("broadcasts, first page", leader, "/broadcasts"),
            new("broadcasts, last page", leader, Page("/broadcasts", size.Broadcasts / 25)),
            new("broadcast to all, first page", leader, $"/broadcasts/{broadcast}"),
            new("broadcast to all, last page", leader, Page($"/broadcasts/{broadcast}", lastPlays)),
            new("speakers, first page", technician, "/speakers"),
            new("speakers, last page", technician, Page("/speakers", lastSpeakers)),
            new("speakers, search", technician, "/speakers?q=loc%20tan"),
            new("prepare a command for all", technician, "/speakers/commands?all=true"),
            new("orders to many", technician, "/speakers/jobs"),
            new("order to all, first page", technician, $"/speakers/jobs/{job}"),
            new("order to all, last page", technician, Page($"/speakers/jobs/{job}", lastSpeakers)),
            new("officers, first page", administrator, "/officers"),
            new("officers, last page", administrator, Page("/officers", size.Officers / 25)),
            new("bulletins.csv", writer, "/bulletins.csv", IsExport: true),
            new("speakers.csv", technician, "/speakers.csv", IsExport: true),
            new("results of an order.csv", technician, $"/speakers/jobs/{job}/results.csv", IsExport: true),
            new("officers.csv", administrator, "/officers.csv", IsExport: true),
        ];
    }

    static string Page(string path, int number) => string.Create(CultureInfo.InvariantCulture, $"{path}?page={number}");

    public async Task<Percentiles> Measure(HttpClient officer)
    {
        for (var i = 0; i < Warm; i++)
            await Once(officer);
        var taken = new List<double>();
        for (var i = 0; i < (IsExport ? TimesOfExport : Times); i++)
            taken.Add(await Once(officer));
        return new(taken);
    }

    async Task<double> Once(HttpClient officer)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await officer.GetAsync(
            new Uri(Path, UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead
        );
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException($"{Officer} asked for {Path}: {(int)answer.StatusCode}");
        await using var content = await answer.Content.ReadAsStreamAsync();
        await content.CopyToAsync(Stream.Null);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }
}
