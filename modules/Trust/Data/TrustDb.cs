using Loa.Cases;
using Microsoft.EntityFrameworkCore;

namespace Loa.Trust.Data;

/// <summary>
/// Delegations, revocations and changes of the root, as acts in the ledger of People: they stand among those of units and officers,
/// where days and heads have sealed them.
/// </summary>
sealed class TrustDb(DbContextOptions<TrustDb> options) : CaseDb(options);
