using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Loa.Air;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Devices.Registry;
using Loa.Kernel;
using Loa.Newsroom;
using Loa.Newsroom.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Loa.OutageTests;

namespace Loa;

/// <summary>A disk that is full is told as such, nothing that was answered is lost, and all goes on by itself.</summary>
[AnyEngine]
public sealed class FullDiskTests
{
    [Fact]
    public async Task A_full_disk_is_told_and_passes()
    {
        Assert.SkipUnless(Environment.UserName == "root", "Only root can make a small disk.");
        Assert.SkipUnless(Environment.GetEnvironmentVariable("LOA_TEST_POSTGRES") is null, "SQLite's disk is ours.");
        var disk = Directory.CreateTempSubdirectory("loa-small-").FullName;
        await Run("mount", "-t", "tmpfs", "-o", "size=160m", "tmpfs", disk);
        try
        {
            await using var server = new RunningServer { Folder = Path.Combine(disk, "data") };
            await server.InitializeAsync();
            using var author = await server.SignedIn("loctan.bientap");
            using var administrator = await server.SignedIn("tinh.quantri");
            Assert.Contains(
                Words.Get("home.room"),
                WebUtility.HtmlDecode(await administrator.GetStringAsync("/")),
                StringComparison.Ordinal
            );

            var speaker = await server.With<DevicesDb, Guid>(db =>
                db.Speakers.OrderBy(s => s.Id).Select(s => s.Id).FirstAsync()
            );
            var filler = Path.Combine(disk, "filler");
            var full = Stopwatch.StartNew();
            var reading = new InterruptedReading(server.Folder, author);
            await reading.Begin();
            await Fill(filler);
            await reading.IsBrokenOff();
            await Fill(filler);
            var answered = 0;
            HttpResponseMessage answer;
            while ((answer = await Write(author)).IsSuccessStatusCode)
                answered++;
            Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
            Assert.NotNull(answer.Headers.RetryAfter);
            // Something to store by itself, again and again: the log of the database starts anew when it may, and has room then.
            var health = server.Services.GetRequiredService<LatestHealth>();
            var isOnMains = true;
            await Attempted(
                server,
                OutageKind.NoRoom,
                2,
                async () =>
                {
                    await Fill(filler);
                    if ((await Write(author)).IsSuccessStatusCode)
                        answered++;
                    isOnMains = !isOnMains;
                    health.Take(speaker, new HealthMessage(server.Clock.Moment(), isOnMains), server.Clock.Moment());
                }
            );
            var unsaid = full.Elapsed;
            await Fill(filler);
            Assert.Equal(
                HttpStatusCode.InsufficientStorage,
                (await author.PostAsJsonAsync("/bulletins/preview", new { text = "Đĩa đầy." })).StatusCode
            );

            File.Delete(filler);
            await RunningServer.Until(
                async () => (await Write(author)).StatusCode == HttpStatusCode.Created,
                "there is room again"
            );
            await reading.GoesOn();
            await SaidOnce(server, OutageKind.NoRoom, unsaid);
            var stored = await server.With<NewsroomDb, int>(db => db.Cases.CountAsync(c => c.Title == Title));
            Assert.True(stored >= answered + 1, $"{stored} of {answered + 1} are there");
        }
        finally
        {
            await Run("umount", "-l", disk);
            Directory.Delete(disk);
        }
    }

    static async Task Fill(string path)
    {
        await using var file = new FileStream(path, FileMode.Append);
        var block = new byte[64 * 1024];
        try
        {
            while (true)
            {
                await file.WriteAsync(block);
                await file.FlushAsync();
            }
        }
        catch (IOException)
        {
            // That is what full means.
        }
    }

    static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        Assert.Equal(0, process.ExitCode);
    }
}
