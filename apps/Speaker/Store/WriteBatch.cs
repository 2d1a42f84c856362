using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Loa.Speaker.Store;

/// <summary>WriteBatch that are remembered together or not at all.</summary>
sealed class WriteBatch
{
    readonly Dictionary<string, byte[]?> list = [];

    public IReadOnlyCollection<KeyValuePair<string, byte[]?>> List => list;

    public WriteBatch Put(string key, string text)
    {
        list[key] = Encoding.UTF8.GetBytes(text);
        return this;
    }

    public WriteBatch Put<T>(string key, T value, JsonTypeInfo<T> shape)
    {
        list[key] = JsonSerializer.SerializeToUtf8Bytes(value, shape);
        return this;
    }

    public WriteBatch Forget(string key)
    {
        list[key] = null;
        return this;
    }
}
