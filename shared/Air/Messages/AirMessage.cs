using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Loa.Air;

/// <summary>What each kind of message says of itself.</summary>
public interface IAirMessage<T>
    where T : class, IAirMessage<T>
{
    /// <summary>The longest message in bytes.</summary>
    static virtual int MaxBytes => 64 * 1024;

    static abstract JsonTypeInfo<T> Shape { get; }

    /// <summary>Whether lists and texts keep within their bounds.</summary>
    bool IsWithinBounds();

    /// <summary>The member that does not keep within its bounds; null when all do.</summary>
    string? OutOfBounds() => IsWithinBounds() ? null : "bounds";
}

/// <summary>The plain JSON that carries documents between server and speaker; not signed itself.</summary>
public abstract record AirMessage<T>
    where T : AirMessage<T>, IAirMessage<T>
{
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes((T)this, T.Shape);

    [SuppressMessage(
        "Design",
        "CA1000:Do not declare static members on generic types",
        Justification = "Called as AckMessage.TryRead."
    )]
    public static bool TryRead(ReadOnlySpan<byte> json, [NotNullWhen(true)] out T? message)
    {
        message = null;
        if (json.Length <= T.MaxBytes && AirJson.TryRead(json, T.Shape, out var read) && read.IsWithinBounds())
            message = read;
        return message is not null;
    }

    /// <param name="fault">Which member cannot be read, for whoever made it.</param>
    [SuppressMessage(
        "Design",
        "CA1000:Do not declare static members on generic types",
        Justification = "Called as StateMessage.TryRead."
    )]
    public static bool TryRead(
        ReadOnlySpan<byte> json,
        [NotNullWhen(true)] out T? message,
        [NotNullWhen(false)] out string? fault
    )
    {
        message = null;
        fault = "size";
        if (json.Length > T.MaxBytes || !AirJson.TryRead(json, T.Shape, out var read, out fault))
            return false;
        fault = read.OutOfBounds();
        message = fault is null ? read : null;
        return fault is null;
    }
}
