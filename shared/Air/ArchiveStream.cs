using System.Formats.Tar;
using System.Text;
using System.Text.RegularExpressions;

namespace Loa.Air;

/// <summary>
/// A package's archive on its way to the reader: it looks at each header before the reader does, so that no long name and no extended
/// header can fill the memory, and it ends what unpacks without end.
/// </summary>
/// <remarks>It throws <see cref="InvalidDataException"/> for what no package needs, <see cref="TooLongException"/> for too much.</remarks>
public sealed partial class ArchiveStream(Stream inner, long most) : Stream
{
    /// <summary>The longest name or extended header.</summary>
    public const int MostHeader = 4 * 1024;

    const int Block = 512;

    readonly byte[] header = new byte[Block];
    readonly byte[] extended = new byte[MostHeader];
    int filled;
    int extendedFilled;
    int extendedLength;
    long body;
    long read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => read;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = inner.Read(buffer);
        Look(buffer[..count]);
        return count;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var count = await inner.ReadAsync(buffer, cancellationToken);
        Look(buffer.Span[..count]);
        return count;
    }

    void Look(ReadOnlySpan<byte> passing)
    {
        read += passing.Length;
        if (read > most)
            throw new TooLongException();
        while (passing.Length > 0)
            passing = passing[(body > 0 ? Pass(passing) : Gather(passing))..];
    }

    int Pass(ReadOnlySpan<byte> passing)
    {
        var some = (int)Math.Min(body, passing.Length);
        var kept = Math.Min(some, extendedLength - extendedFilled);
        passing[..kept].CopyTo(extended.AsSpan(extendedFilled));
        extendedFilled += kept;
        body -= some;
        if (body == 0 && extendedLength > 0)
            JudgeExtended();
        return some;
    }

    int Gather(ReadOnlySpan<byte> passing)
    {
        var some = Math.Min(Block - filled, passing.Length);
        passing[..some].CopyTo(header.AsSpan(filled));
        filled += some;
        if (filled == Block)
            Judge();
        return some;
    }

    void Judge()
    {
        filled = 0;
        if (!header.AsSpan().ContainsAnyExcept((byte)0))
            return;
        var size = SizeOf(header.AsSpan(124, 12));
        var type = (TarEntryType)header[156];
        (extendedFilled, extendedLength) = (0, 0);
        if (
            type
            is TarEntryType.ExtendedAttributes
                or TarEntryType.GlobalExtendedAttributes
                or TarEntryType.LongPath
                or TarEntryType.LongLink
        )
        {
            if (size > MostHeader)
                throw new InvalidDataException($"A header of more than {MostHeader} bytes.");
            if (type is TarEntryType.ExtendedAttributes or TarEntryType.GlobalExtendedAttributes)
                extendedLength = (int)size;
        }
        body = (size + Block - 1) / Block * Block;
    }

    // A second size would let the reader and this walk see different entries.
    void JudgeExtended()
    {
        if (SecondSize().IsMatch(Encoding.Latin1.GetString(extended, 0, extendedLength)))
            throw new InvalidDataException("A size beside the size of the header.");
    }

    static long SizeOf(ReadOnlySpan<byte> field)
    {
        // The binary spelling is for files larger than any package.
        if ((field[0] & 0x80) != 0)
            throw new InvalidDataException("A size beyond what a package may hold.");
        var octal = Encoding.Latin1.GetString(field).Trim('\0', ' ');
        var size = 0L;
        foreach (var digit in octal)
        {
            if (digit is < '0' or > '7')
                throw new InvalidDataException("A size that is no number.");
            size = size * 8 + (digit - '0');
        }
        return size;
    }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }

    [GeneratedRegex(
        @"(^|\n)\d+ (size|GNU\.sparse[^=]*)=",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture
    )]
    private static partial Regex SecondSize();

    /// <summary>More comes out than a package may hold.</summary>
    public sealed class TooLongException() : IOException("The archive unpacks to more than a package may hold.");
}
