using System.Text.Json;
using Loa.Server.Demo;

namespace Loa.Kills;

/// <summary>A text that was being read aloud when the server was killed: nothing half is left of it, and it is read to its end.</summary>
sealed class KilledReading(string data, Province province, string author)
{
    readonly Guid bulletin = Guid.CreateVersion7();

    public async Task GoesOn(ServerProcess server, CancellationToken cancel)
    {
        var before = Kept().Count;
        var text = string.Join(' ', Enumerable.Range(1, 30).Select(n => $"Máy chủ tắt khi đang đọc câu thứ {n}."));
        var draft = new
        {
            id = bulletin,
            title = "Tin đang đọc",
            text,
            voice = "vi",
        };
        await province.Post(author, "/bulletins", draft, cancel);
        // Answered as soon as the first sentence can be heard.
        Assert.Equal(JsonValueKind.Null, (await Look(0, cancel)).GetProperty("whole").ValueKind);
        await server.Kill(cancel);
        var kept = Kept();
        Assert.InRange(kept.Count, before + 1, before + 29);
        await server.Start(cancel);

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(data, "renderings")));
        Assert.Equal(JsonValueKind.Null, (await Bulletin(cancel)).GetProperty("sound").ValueKind);
        JsonElement now;
        do now = await Look(int.MaxValue, cancel);
        while (now.GetProperty("whole").ValueKind == JsonValueKind.Null);
        Assert.Equal(before + 30, Kept().Count);
        Assert.All(kept, file => Assert.Equal(file.Value, Kept()[file.Key]));
        await province.Post(author, $"/bulletins/{bulletin}/voice", new { seen = 1 }, cancel);
        Assert.NotEqual(JsonValueKind.Null, (await Bulletin(cancel)).GetProperty("sound").ValueKind);
    }

    async Task<JsonElement> Look(int seen, CancellationToken cancel) =>
        (await province.Get(author, $"/bulletins/{bulletin}/sound?seen={seen}", cancel)).GetProperty("now");

    Task<JsonElement> Bulletin(CancellationToken cancel) => province.Get(author, $"/api/bulletins/{bulletin}", cancel);

    // The sentences of which all is there, and when they were read; those of other texts were read before.
    Dictionary<string, DateTime> Kept() =>
        Directory
            .EnumerateFiles(Path.Combine(data, "sentences"), "*.wav", SearchOption.AllDirectories)
            .Where(file => File.Exists(Path.ChangeExtension(file, ".opus")))
            .ToDictionary(file => file, File.GetLastWriteTimeUtc, StringComparer.Ordinal);
}
