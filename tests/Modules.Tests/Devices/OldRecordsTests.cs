using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Loa.Air;
using Loa.Cases;
using Loa.Contracts.Retention;
using Loa.Devices.Data;
using Loa.Gateway;
using Loa.Kernel;
using Loa.Papers;
using Loa.Playout.AsRun;
using Loa.Playout.Data;
using Loa.Playout.Witness;
using Loa.Retention.Archives;
using Loa.Retention.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Loa.Devices;

/// <summary>Old records are packed, then archived: every one stays provable, and the chain goes on.</summary>
[Collection(nameof(DeviceServer))]
public sealed class OldRecordsTests(DeviceServer server)
{
    static readonly NotedHead head = new("old", 7, new string('d', 64));

    // Nothing of any other test is so old.
    static readonly DateTimeOffset then = new(2012, 5, 9, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Packed_and_archived_records_stay_in_the_chain_and_are_known_again()
    {
        await using var speaker = await server.Connected();
        string[] records =
        [
            speaker.Record(AirRecord.Noted(speaker.Id, TimeProvider.System.GetUtcNow(), head)),
            speaker.Record(Refused(speaker, "time.nonce")),
            speaker.Record(Refused(speaker, "clé « été »")),
            speaker.Record(Refused(speaker, "time.nonce")),
        ];
        foreach (var (i, record) in records.Index())
        {
            await speaker.SendRecord(record);
            await speaker.HearAck(i + 1);
        }
        await MakeOld(speaker);

        Assert.Equal(3, await Kind.Due(OldAge.Pack, then.AddDays(30), CancellationToken.None));
        await Age(Kind, OldAge.Pack);
        // The next is tied to the newest.
        Assert.Equal([4], await InTable(speaker));
        Assert.Equal(0, await Kind.Due(OldAge.Pack, then.AddDays(30), CancellationToken.None));
        var pack = Assert.Single(await Packs(speaker));
        Assert.Equal((1, 3), (pack.FirstSeq, pack.LastSeq));
        Assert.Equal(records[..3], pack.Unpack().Select(RecordLine.JwsOf));
        Assert.Empty(await Faults(speaker));
        await KnownAgain();

        // Killed after the file was named and before anything was deleted, it loses nothing, and the proof holds.
        var killed = new KeptRecords(
            server.Running.Services.GetRequiredService<IServiceScopeFactory>(),
            new KilledAfter(server.Running.Services.GetRequiredService<IArchives>()),
            server.Running.Services.GetRequiredService<TableSizes>()
        );
        await Assert.ThrowsAsync<IOException>(() => Age(killed, OldAge.Archive));
        Assert.NotNull(Assert.Single(await Packs(speaker)).Lines);
        Assert.Empty(await Faults(speaker));

        Assert.Equal(3, await Kind.Due(OldAge.Archive, then.AddDays(30), CancellationToken.None));
        await Age(Kind, OldAge.Archive);
        Assert.Null(Assert.Single(await Packs(speaker)).Lines);
        var file = Assert.Single(await Archives(), a => a.Before == then.AddDays(30));
        Assert.Equal(3, file.Lines);
        Assert.Empty(await Faults(speaker));
        await KnownAgain();

        // What the speaker wrote down of the ledger is read there too.
        Assert.Contains(await Witnessed(), anchor => anchor.Hash == head.Hash);
        await speaker.SendRecord(speaker.Record(Refused(speaker, "time.nonce")));
        await speaker.HearAck(5);
        Assert.Empty(await Faults(speaker));

        var path = server.Running.Services.GetRequiredService<PaperStore>().PathOf(file.Digest);
        File.Move(path, path + ".away");
        Assert.Single(await Faults(speaker));
        File.Move(path + ".away", path);

        // A disk that rots is told of, and keeps nobody from the proof of all else.
        var whole = await File.ReadAllBytesAsync(path);
        foreach (var spoilt in (byte[][])[whole[..(whole.Length / 2)], [.. whole[..15], 255, .. whole[16..]], []])
        {
            await File.WriteAllBytesAsync(path, spoilt);
            Assert.NotEmpty(await Faults(speaker));
        }
        await File.WriteAllBytesAsync(path, whole);
        Assert.Empty(await Faults(speaker));

        async Task KnownAgain()
        {
            await speaker.SendRecord(records[1]);
            await speaker.HearAck(4);
            Assert.Null((await server.Find(speaker.Id)).RecordFault);
        }
    }

    [Fact]
    public async Task A_pack_that_was_spoilt_is_told_of_and_what_it_held_is_a_conflict()
    {
        await using var speaker = await server.Connected();
        var first = speaker.Record(Refused(speaker, "time.nonce"));
        foreach (var (i, record) in new[] { first, speaker.Record(Refused(speaker, "time.nonce")) }.Index())
        {
            await speaker.SendRecord(record);
            await speaker.HearAck(i + 1);
        }
        await MakeOld(speaker, then.AddYears(20));
        await Age(Kind, OldAge.Pack, then.AddYears(21));
        var pack = Assert.Single(await Packs(speaker));
        foreach (
            var spoilt in (byte[][])
                [pack.Lines![..10], [1, 2, 3], [], Zipped("[\"12\",7]\n{"), Zipped("[\"12\",\"*\",\"\",\"\"]")]
        )
        {
            await Spoil(spoilt);
            Assert.NotEmpty(await Faults(speaker));
            await Witnessed();
        }

        await speaker.SendRecord(first);
        await RunningServer.Until(
            async () => (await server.Find(speaker.Id)).RecordFault == RecordReport.Conflict,
            "the conflict"
        );
        await Spoil(pack.Lines!);
        Assert.Empty(await Faults(speaker));

        Task<int> Spoil(byte[] lines) =>
            server.Running.With<PlayoutDb, int>(db =>
            {
                var packs = db.RecordPacks;
                return packs
                    .Where(p => p.SpeakerId == speaker.Id)
                    .ExecuteUpdateAsync(set => set.SetProperty(p => p.Lines, lines));
            });

        static byte[] Zipped(string text)
        {
            using var zipped = new MemoryStream();
            using (var zip = new BrotliStream(zipped, CompressionMode.Compress))
                zip.Write(Encoding.UTF8.GetBytes(text));
            return zipped.ToArray();
        }
    }

    [Fact]
    public async Task Another_past_under_a_packed_number_is_a_conflict()
    {
        await using var speaker = await server.Connected();
        foreach (var seq in (long[])[1, 2])
        {
            await speaker.SendRecord(speaker.Record(Refused(speaker, "time.nonce")));
            await speaker.HearAck(seq);
        }
        await MakeOld(speaker, then.AddYears(10));
        await Age(Kind, OldAge.Pack, then.AddYears(11));
        await speaker.SendRecord(
            RecordChain.Append(RecordHead.Start, Refused(speaker, "key.unknown"), speaker.Key, out _)
        );
        await RunningServer.Until(
            async () => (await server.Find(speaker.Id)).RecordFault == RecordReport.Conflict,
            "the conflict"
        );
    }

    [Fact]
    public void A_pack_takes_less_than_a_third_of_its_records()
    {
        var key = Jose.SigningKey.Create();
        var (end, speaker) = (RecordHead.Start, Guid.CreateVersion7());
        var records = new List<StoredRecord>();
        for (var i = 0; i < 500; i++)
        {
            var at = then.AddMinutes(i);
            var record = new AirRecord(speaker, 0, "", at, RecordKind.Play)
            {
                Item = Guid.CreateVersion7(),
                Broadcast = Guid.CreateVersion7(),
                Bulletin = Guid.CreateVersion7(),
                Digest = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)),
                Planned = at,
                Start = at.AddMilliseconds(i),
                End = at.AddSeconds(50 + i % 7),
                Outcome = PlayOutcome.Played,
                Late = TimeSpan.FromMilliseconds(i % 11),
            };
            Assert.True(AirRecord.TryRead(RecordChain.Append(end, record, key, out end), out var read, out _));
            records.Add(StoredRecord.Of(read, at));
        }
        var (loose, packed) = (records.Sum(r => r.Jws.Length), RecordPack.Of(records).Lines!.Length);
        Assert.True(packed < loose * 0.3, $"{packed} of {loose}");
    }

    [Theory]
    [InlineData("eyJhIjoxfQ.eyJiIjoyfQ.c2ln")]
    [InlineData("eyJhIjoxfQ.gICA.c2ln")]
    [InlineData("not a record")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    public void A_line_comes_back_to_the_byte(string jws)
    {
        var record = new StoredRecord
        {
            SpeakerId = Guid.CreateVersion7(),
            Kid = "",
            Seq = 1,
            Digest = "",
            Jws = jws,
            At = then,
            Kind = RecordKind.Play,
            StoredAt = then,
        };
        var line = RecordLine.Of(record);
        Assert.Equal(jws, RecordLine.JwsOf(line));
        Assert.DoesNotContain('\n', line);
        Assert.Equal($"{then.ToUnixTimeMilliseconds()}", JsonSerializer.Deserialize<string[]>(line)![0]);
    }

    KeptRecords Kind => server.Running.Services.GetServices<IKeptKind>().OfType<KeptRecords>().Single();

    static async Task Age(KeptRecords kind, OldAge what, DateTimeOffset? before = null)
    {
        await foreach (var _ in kind.Age(what, before ?? then.AddDays(30), CancellationToken.None)) { }
    }

    static AirRecord Refused(BenchSpeaker speaker, string reason) =>
        AirRecord.Refused(speaker.Id, TimeProvider.System.GetUtcNow(), RefusalSubject.Time, reason);

    Task<int> MakeOld(BenchSpeaker speaker, DateTimeOffset? at = null)
    {
        var stored = at ?? then;
        return server.Playout(db =>
            db.Records.Where(r => r.SpeakerId == speaker.Id)
                .ExecuteUpdateAsync(set => set.SetProperty(r => r.StoredAt, stored))
        );
    }

    Task<List<long>> InTable(BenchSpeaker speaker) =>
        server.Playout(db => db.Records.Where(r => r.SpeakerId == speaker.Id).Select(r => r.Seq).ToListAsync());

    Task<List<RecordPack>> Packs(BenchSpeaker speaker) =>
        server.Playout(db => db.RecordPacks.AsNoTracking().Where(p => p.SpeakerId == speaker.Id).ToListAsync());

    Task<IReadOnlyList<ArchiveFile>> Archives() =>
        server.Running.With<RetentionDb, IReadOnlyList<ArchiveFile>>(db =>
            db.Archives(OldRecords.Kind, CancellationToken.None)
        );

    Task<IReadOnlyList<Anchor>> Witnessed() =>
        server.Running.With<IEnumerable<IHeadWitnesses>, IReadOnlyList<Anchor>>(all =>
            all.Single().Heads(head.Module, CancellationToken.None)
        );

    async Task<IEnumerable<string>> Faults(BenchSpeaker speaker)
    {
        var rule = server.Running.Services.GetServices<ILedgerRule>().OfType<RecordChainRule>().Single();
        var faults = await server.Db(db => rule.Faults(db, CancellationToken.None));
        return faults.Where(fault => fault.Contains($"{speaker.Id}", StringComparison.Ordinal));
    }

    /// <summary>The file is kept and named, and nothing more happens.</summary>
    sealed class KilledAfter(IArchives archives) : IArchives
    {
        public async Task<int> Keep(
            string kind,
            DateTimeOffset before,
            IAsyncEnumerable<string> lines,
            CancellationToken cancel
        )
        {
            await archives.Keep(kind, before, lines, cancel);
            throw new IOException("killed");
        }

        public IAsyncEnumerable<string> Read(string kind, CancellationToken cancel) => archives.Read(kind, cancel);
    }
}
