using System.Net;
using System.Text.Json;

namespace Loa.Newsroom;

/// <summary>A bulletin whose reading aloud is broken off by a disk that is full: nothing half is left, it is told, and it goes on.</summary>
sealed class InterruptedReading(string data, HttpClient author)
{
    Moved? draft;
    List<string> kept = [];

    public async Task Begin()
    {
        draft = await author.Write(
            text: string.Join(' ', Enumerable.Range(1, 30).Select(n => $"Đĩa đầy khi đang đọc câu thứ {n}."))
        );
        Assert.Equal(JsonValueKind.Null, (await Look(0).Json()).GetProperty("now").GetProperty("whole").ValueKind);
    }

    public async Task IsBrokenOff()
    {
        HttpResponseMessage answer;
        while ((answer = await Look(int.MaxValue)).IsSuccessStatusCode)
            Assert.Equal(
                JsonValueKind.Null,
                (await Task.FromResult(answer).Json()).GetProperty("now").GetProperty("whole").ValueKind
            );
        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        await RunningServer.Until(
            () => Task.FromResult(!Directory.EnumerateFileSystemEntries(Path.Combine(data, "renderings")).Any()),
            "what was begun is cleared away"
        );
        kept = Sentences();
        Assert.InRange(kept.Count, 1, 29);
        Assert.Equal(JsonValueKind.Null, (await author.See(draft!.Id)).GetProperty("sound").ValueKind);
    }

    public async Task GoesOn()
    {
        var read = kept.ConvertAll(File.GetLastWriteTimeUtc);
        while (
            (await Look(int.MaxValue).Json()).GetProperty("now").GetProperty("whole").ValueKind == JsonValueKind.Null
        ) { }
        Assert.Equal(30, Sentences().Count);
        Assert.Equal(read, kept.ConvertAll(File.GetLastWriteTimeUtc));
        await author.Do(draft!, "voice");
        Assert.NotEqual(JsonValueKind.Null, (await author.See(draft!.Id)).GetProperty("sound").ValueKind);
    }

    Task<HttpResponseMessage> Look(int seen) => author.GetAsync($"/bulletins/{draft!.Id}/sound?seen={seen}");

    // Those of which all is there.
    List<string> Sentences() =>
        [
            .. Directory
                .EnumerateFiles(Path.Combine(data, "sentences"), "*.wav", SearchOption.AllDirectories)
                .Where(file => File.Exists(Path.ChangeExtension(file, ".opus"))),
        ];
}
