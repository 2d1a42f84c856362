using System.ComponentModel.DataAnnotations;

namespace Loa.Kernel;

/// <summary>Where the server keeps what it knows: PostgreSQL when a connection string is given, else SQLite files below the data folder.</summary>
public sealed class Storage
{
    [Required]
    public required string Folder { get; init; }

    public string? Postgres { get; init; }

    public bool IsPostgres => !string.IsNullOrEmpty(Postgres);

    /// <summary>A folder below the data folder, made when it is not there.</summary>
    public string FolderOf(params ReadOnlySpan<string> parts)
    {
        var path = Path.Combine([Folder, .. parts]);
        Directory.CreateDirectory(path);
        return path;
    }
}
