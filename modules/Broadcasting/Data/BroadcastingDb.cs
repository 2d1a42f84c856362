using Loa.Cases;
using Microsoft.EntityFrameworkCore;

namespace Loa.Broadcasting.Data;

/// <summary>What Broadcasting keeps: its cases and nothing beside them.</summary>
sealed class BroadcastingDb(DbContextOptions<BroadcastingDb> options) : CaseDb(options);
