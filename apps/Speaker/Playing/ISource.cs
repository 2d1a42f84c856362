namespace Loa.Speaker.Playing;

/// <summary>Where the samples of one sound come from.</summary>
interface ISource : IDisposable
{
    long Length { get; }

    void Seek(long sample);

    /// <summary>Fills memory with the next samples; fewer than asked only at the end.</summary>
    int Read(Span<short> pcm);

    /// <summary>Whether what was read last is silent because it did not come.</summary>
    bool IsMissing => false;
}
