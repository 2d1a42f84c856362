using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Loa.Cases;
using Loa.Contracts.Retention;
using Loa.Devices.Data;
using Loa.Devices.Health;
using Loa.Kernel;
using Loa.Papers;
using Loa.People;
using Loa.Retention.Archives;
using Loa.Retention.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Retention;

/// <summary>What is archived is in a file first, which the ledger names, and only then gone.</summary>
[Collection(nameof(Alone))]
public sealed class ArchiveTests(RunningServer server)
{
    static readonly DateTimeOffset longAgo = new(2011, 3, 20, 4, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task An_archive_is_a_rule_whose_file_holds_what_went_and_is_fetched_and_proved()
    {
        var administrator = await server.SignedIn("tinh.quantri");
        // Old, and not so old that what is usual throws it away before it is in a file.
        var (old, young) = (await Day(700), await Day(5));
        var tried = WebUtility.HtmlDecode(
            await administrator.GetStringAsync("/retention/health?then=archive&after=600")
        );
        Assert.Contains(Words.Get("retention.effect.archive", 1, 600), tried, StringComparison.Ordinal);

        await administrator
            .PostAsJsonAsync(
                "/retention/health",
                new
                {
                    then = "archive",
                    after = 600,
                    seen = 0,
                    comment = "Đĩa sắp đầy.",
                }
            )
            .Json();
        await RunningServer.Until(async () => !await Has(old), "what is older goes");
        Assert.True(await Has(young));

        var file = (await Archives("health"))[^1];
        var page = WebUtility.HtmlDecode(await administrator.GetStringAsync("/retention/health"));
        Assert.Contains(file.Digest, page, StringComparison.Ordinal);
        Assert.Contains(
            Words.Get("retention.last-archive"),
            WebUtility.HtmlDecode(await administrator.GetStringAsync("/retention")),
            StringComparison.Ordinal
        );
        var auditor = await server.SignedIn("tinh.kiemtra");
        var bytes = await auditor.GetByteArrayAsync($"/retention/archives/{file.Case.Id}");
        Assert.Equal((file.Digest, file.Bytes), (Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.LongLength));
        var line = JsonSerializer.Deserialize<JsonElement>(Assert.Single(Lines(bytes)));
        Assert.Equal(old, line.GetProperty("SpeakerId").GetGuid());
        Assert.Equal([1, 2, 3], line.GetProperty("Data").GetBytesFromBase64());
    }

    [Fact]
    public async Task Only_who_sees_the_whole_fetches_an_archive()
    {
        var kept = await Kept("một dòng");
        var commune = await SomeOfficer.New(server, "administrator");
        var path = $"/retention/archives/{kept.Case.Id}";
        Assert.Equal(HttpStatusCode.NotFound, (await commune.Client.GetAsync(path)).StatusCode);
        var author = await server.SignedIn("loctan.bientap");
        Assert.Equal(HttpStatusCode.Forbidden, (await author.GetAsync(path)).StatusCode);
        var administrator = await server.SignedIn("tinh.quantri");
        Assert.True((await administrator.GetAsync(path)).IsSuccessStatusCode);
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await administrator.GetAsync($"/retention/archives/{Guid.CreateVersion7()}")).StatusCode
        );
    }

    [Fact]
    public async Task The_proof_of_the_ledger_finds_an_archive_that_was_changed_or_is_gone()
    {
        var kept = await Kept("bằng chứng");
        Assert.Empty(await Faults(kept));
        var path = server.Services.GetRequiredService<PaperStore>().PathOf(kept.Digest);
        var whole = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, [.. whole[..^1], (byte)(whole[^1] ^ 1)]);
        Assert.Equal([Words.Get("ledger.archive-differs", kept.Kind, kept.Digest)], await Faults(kept));
        File.Delete(path);
        Assert.Equal([Words.Get("ledger.archive-gone", kept.Kind, kept.Digest)], await Faults(kept));
        await File.WriteAllBytesAsync(path, whole);
        Assert.Empty(await Faults(kept));
    }

    [Fact]
    public async Task The_same_lines_are_kept_once_and_a_file_that_breaks_off_leaves_nothing()
    {
        var text = $"dòng {Guid.CreateVersion7()}";
        var (one, again) = (await Kept(text), await Kept(text));
        Assert.Equal(one.Case.Id, again.Case.Id);
        Assert.Equal(1, again.Case.Seq);
        Assert.Single(await Archives(one.Kind), a => a.Digest == one.Digest);

        var before = (await Archives(one.Kind)).Count;
        var archives = server.Services.GetRequiredService<IArchives>();
        await Assert.ThrowsAsync<IOException>(() =>
            archives.Keep(one.Kind, longAgo, BreaksOff(), CancellationToken.None)
        );
        Assert.Equal(before, (await Archives(one.Kind)).Count);
        Assert.Equal(
            0,
            await archives.Keep(one.Kind, longAgo, AsyncEnumerable.Empty<string>(), CancellationToken.None)
        );
        Assert.Equal(before, (await Archives(one.Kind)).Count);
    }

    static async IAsyncEnumerable<string> BreaksOff([EnumeratorCancellation] CancellationToken cancel = default)
    {
        yield return "một";
        await Task.Yield();
        cancel.ThrowIfCancellationRequested();
        throw new IOException("the database is away");
    }

    async Task<ArchiveFile> Kept(string text)
    {
        var archives = server.Services.GetRequiredService<IArchives>();
        await archives.Keep("thử", longAgo, new[] { text }.ToAsyncEnumerable(), CancellationToken.None);
        var told = new List<string>();
        await foreach (var line in archives.Read("thử", CancellationToken.None))
            told.Add(line);
        Assert.Contains(text, told);
        var papers = server.Services.GetRequiredService<PaperStore>();
        foreach (var archive in await Archives("thử"))
            if (Lines(await File.ReadAllBytesAsync(papers.PathOf(archive.Digest))).SequenceEqual([text]))
                return archive;
        throw new InvalidOperationException("It was not kept.");
    }

    Task<IReadOnlyList<ArchiveFile>> Archives(string kind) =>
        server.With<RetentionDb, IReadOnlyList<ArchiveFile>>(db => db.Archives(kind, CancellationToken.None));

    Task<IReadOnlyList<string>> Faults(ArchiveFile of) =>
        server.With<RetentionDb, IReadOnlyList<string>>(async db =>
        {
            var proof = server.Services.GetServices<ILedgerRule>().OfType<ArchiveProof>().Single();
            var faults = await proof.Faults(db, CancellationToken.None);
            return [.. faults.Where(f => f.Contains(of.Digest, StringComparison.Ordinal))];
        });

    static IReadOnlyList<string> Lines(byte[] file)
    {
        using var text = new StreamReader(new GZipStream(new MemoryStream(file), CompressionMode.Decompress));
        return text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    async Task<Guid> Day(int days)
    {
        var speaker = Guid.CreateVersion7();
        await server.With<DevicesDb, int>(async db =>
        {
            db.Add(
                new HealthDay
                {
                    SpeakerId = speaker,
                    Day = server.Clock.Today().AddDays(-days),
                    Slots = DaySeries.Hours,
                    Data = [1, 2, 3],
                }
            );
            return await db.SaveChangesAsync();
        });
        return speaker;
    }

    Task<bool> Has(Guid speaker) =>
        server.With<DevicesDb, bool>(db => db.HealthDays.AnyAsync(d => d.SpeakerId == speaker));
}
