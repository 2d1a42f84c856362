using System.Formats.Tar;
using System.Text;
using Loa.Air;
using Loa.Audio;
using Loa.Devices;
using Loa.Devices.Enrolments;
using Loa.Jose;
using Loa.Kernel;
using Loa.People.Credentials;
using Loa.Vietnamese;
using Loa.Writing;

namespace Loa;

/// <summary>What takes n takes 4n for 4n: every reader of a stranger's bytes, with the bytes that are worst for it.</summary>
[Collection(nameof(Alone))]
public sealed class GrowthTests
{
    const int Start = 4_000;

    public static TheoryData<string> Readers => [.. readers.Keys];

    static readonly Dictionary<string, (int Start, Action<int> Read)> readers = new()
    {
        ["a table of quotes in one cell"] = (Start * 10, n => Table("\"" + new string('"', n * 2) + "\"")),
        ["a table of blanks before a quote"] = (Start * 10, n => Table(new string(' ', n) + "\"a\"")),
        ["a table of empty cells"] = (Start * 10, n => Table(new string(',', n))),
        ["a table of lines"] = (Start * 10, n => Table(string.Concat(Enumerable.Repeat("a,b\r", n)))),
        ["an open quote"] = (Start * 10, n => Table("\"" + string.Concat(Enumerable.Repeat("a\"\"\n", n)))),
        ["marks on one letter"] = (
            Start,
            n => Line.TryRead("a" + string.Concat(Enumerable.Repeat("\u0323\u0302", n)), out _)
        ),
        ["blanks"] = (Start * 10, n => Line.TryRead("a" + new string('\u3000', n) + "b", out _)),
        ["unseen signs"] = (Start * 10, n => Prose.TryRead("a" + new string('\u200B', n) + "b", out _)),
        ["line ends"] = (
            Start * 10,
            n => Prose.TryRead("a" + string.Concat(Enumerable.Repeat("\r\n", n)) + "b", out _)
        ),
        ["folding"] = (Start * 10, n => Folding.Fold(string.Concat(Enumerable.Repeat("Đ \u00A0ấ", n)))),
        ["a sort key"] = (Start, n => SortKey.Of(new string('9', n) + new string('ấ', n))),
        ["reading letters aloud"] = (Start / 4, n => Reading.Aloud(new string('a', n))),
        ["reading numbers aloud"] = (Start / 4, n => Reading.Aloud(string.Concat(Enumerable.Repeat("1.", n)))),
        ["reading dates aloud"] = (Start / 4, n => Reading.Aloud(string.Concat(Enumerable.Repeat("1/2/", n)))),
        ["reading signs aloud"] = (Start / 4, n => Reading.Aloud(string.Concat(Enumerable.Repeat("(- ", n)))),
        ["reading blanks aloud"] = (Start / 4, n => Reading.Aloud("a" + new string('\u00A0', n) + "b")),
        ["a document's payload"] = (Start * 4, n => Document($"{{\"v\":1,\"x\":\"{new string('\\', n / 2 * 2)}\"}}")),
        ["a document of members"] = (
            Start,
            n => Document("{" + string.Join(',', Enumerable.Range(0, n).Select(i => $"\"m{i}\":1")) + ",\"v\":1}")
        ),
        ["a message of lists"] = (
            Start,
            n =>
                ProgressMessage.TryRead(
                    Bytes("{\"at\":1,\"items\":[" + string.Join(',', Enumerable.Repeat("null", n)) + "]}"),
                    out _
                )
        ),
        ["a compact text of points"] = (Start, n => AirRecord.TryRead(new string('.', n), out _, out _)),
        ["a sound of chunks"] = (
            Start,
            n =>
                Wav.TryRead(
                    [.. "RIFF\0\0\0\0WAVE"u8, .. Enumerable.Repeat("junk\0\0\0\0"u8.ToArray(), n).SelectMany(c => c)],
                    out _
                )
        ),
        ["an archive of entries"] = (200, n => Archive(n)),
        ["a browser of many names"] = (
            Start * 10,
            n => DeviceName.Of(string.Concat(Enumerable.Repeat("Edcoc_cocOPRSamsungFireChromSafAndroiWindow", n / 40)))
        ),
    };

    [Theory]
    [MemberData(nameof(Readers))]
    public void What_takes_n_takes_four_n_for_four_n(string reader)
    {
        var (start, read) = readers[reader];
        Growth.IsProportional(reader, start, read);
    }

    static void Table(string text) => CsvTable.Read(text, PlanPreregistration.MostLines, CancellationToken.None);

    static void Document(string payload) => Release.TryRead(Jws.Sign(key, "loa-release", Bytes(payload)), out _, out _);

    static readonly SigningKey key = SigningKey.Create();

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    static void Archive(int entries)
    {
        using var bounded = new ArchiveStream(new MemoryStream(Packed(entries)), long.MaxValue);
        using var reader = new TarReader(bounded);
        while (reader.GetNextEntry() is not null) { }
    }

    static byte[] Packed(int entries) =>
        packed.GetOrAdd(
            entries,
            n =>
            {
                var bytes = new MemoryStream();
                using (var tar = new TarWriter(bytes, leaveOpen: true))
                    for (var i = 0; i < n; i++)
                        tar.WriteEntry(Parcel.File($"app/{i}"));
                return bytes.ToArray();
            }
        );

    static readonly System.Collections.Concurrent.ConcurrentDictionary<int, byte[]> packed = [];
}
